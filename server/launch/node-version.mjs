// Imported before anything else by what `npm` starts, and written so that an old Node can read it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Retrace needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
