import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compileC } from './compile-c.ts';

/** A disk in a file, with ext4 on it, whose power can go and come back. */
export class PowerDisk {
  /** Where its files are. */
  readonly folder: string;
  readonly #image: string;
  readonly #cutter: string;

  private constructor(below: string) {
    this.folder = join(below, 'disk');
    this.#image = join(below, 'disk.img');
    this.#cutter = join(below, 'cut-power');
  }

  /** Made below a folder; or why there can be none here. */
  static make(below: string, megabytes: number): PowerDisk | string {
    const disk = new PowerDisk(below);
    const missing = compileC('cut-power.c', disk.#cutter);
    if (missing) return `a power cut is an ioctl of Linux in C, and ${missing}`;
    try {
      mkdirSync(disk.folder);
      run('truncate', '-s', `${megabytes}M`, disk.#image);
      run('mkfs.ext4', '-q', '-F', disk.#image);
      disk.#mount();
      return disk;
    } catch (error) {
      return `a disk whose power can go needs Linux, root and loop devices: ${String(error)}`;
    }
  }

  /** Whatever is not on the disk by now is gone. Its files cannot be used until `restore`. */
  cut(): void {
    run(this.#cutter, this.folder);
  }

  /** Once nobody has a file of it open any more. */
  restore(): void {
    this.remove();
    this.#mount();
  }

  remove(): void {
    run('umount', this.folder);
  }

  #mount(): void {
    run('mount', '-o', 'loop', this.#image, this.folder);
  }
}

const run = (program: string, ...args: string[]): Buffer => execFileSync(program, args, { stdio: 'pipe' });
