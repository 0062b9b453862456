import { expect, test } from 'vitest';
import { ConfigError, readConfig, settings, unknownSettings } from './config.ts';

test('[N14] with nothing set, the server is for this machine only and keeps what it says it keeps', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8787,
    dataFolder: './data',
    log: 'sqlite:',
    synchronous: 'full',
    origins: [],
    trustProxy: false,
  });
});

test('[N14] every setting can be given, with blanks around it; an empty one counts as not given', () => {
  const config = readConfig({
    PORT: ' 0 ',
    HOST: '::1',
    RETRACE_LOG: 'memory:',
    RETRACE_SYNCHRONOUS: 'normal',
    RETRACE_ORIGINS: 'https://a.example, http://localhost:5173',
    RETRACE_TRUST_PROXY: 'on',
    RETRACE_DATA: '',
  });
  expect(config).toMatchObject({
    port: 0,
    host: '::1',
    log: 'memory:',
    synchronous: 'normal',
    origins: ['https://a.example', 'http://localhost:5173'],
    trustProxy: true,
    dataFolder: './data',
  });
});

test('[N14] every fault is listed at once, each with what was given and what it must be', () => {
  const environment = {
    PORT: '80.5',
    RETRACE_LOG: 'mysql',
    RETRACE_SYNCHRONOUS: 'off',
    RETRACE_ORIGINS: 'https://a.example/path',
    RETRACE_TRUST_PROXY: 'yes',
    RETRACE_MESSAGES_PER_SECOND: '-1',
  };
  const error = (() => {
    try {
      return readConfig(environment);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(ConfigError);
  const { faults } = error as ConfigError;
  expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual(Object.keys(environment).sort());
  expect(faults).toContain('PORT is "80.5", but must be a whole number from 0 to 65535.');
  expect(faults).toContain('RETRACE_SYNCHRONOUS is "off", but must be one of full, normal.');
});

test.each(['65536', '1e3', '0x10', '١', 'NaN', '8787; rm', '99999999999999999999'])('[N14] %s is no port', (PORT) => {
  expect(() => readConfig({ PORT })).toThrow(/PORT is .*, but must be a whole number from 0 to 65535/);
});

test('[N14] a setting that does not exist is noticed', () => {
  expect(unknownSettings({ RETRACE_ORIGIN: 'x', RETRACE_LOG: 'memory:', HOME: '/', PORTS: '1' })).toEqual([
    'RETRACE_ORIGIN',
  ]);
});

test('[N14] every setting says what it is, and its fallback is a value that it takes', () => {
  for (const { variable, fallback, about, parse } of Object.values(settings)) {
    expect(variable).toMatch(/^(PORT|HOST|RETRACE_[A-Z_]+)$/);
    expect(about.length).toBeGreaterThan(10);
    expect(parse(fallback)).toHaveProperty('value');
  }
});
