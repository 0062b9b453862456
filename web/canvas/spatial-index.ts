// Finds what lies in a box, of very many things to which others are added, small and huge alike.
//
// A grid for each size of things, cells twice as wide from one to the next: a thing is in one cell of the grid whose
// cells are as large as it is, the cell of its middle. It can reach half a cell beyond, so a search looks that far.
// A cell has its things' numbers and boxes in a row: to pass over ten thousand of them is to read on.

import { type Box, heightOf, widthOf } from '../../shared/geometry.ts';

interface Cell {
  readonly numbers: number[];
  /** Four for each: its left, top, right and bottom. */
  readonly sides: number[];
}

interface Grid {
  readonly cell: number;
  readonly cells: Map<number, Cell>;
}

/** Board units: smaller things share cells of this size. */
const SMALLEST_CELL = 32;
/** More cells than lie along one side of a board in the finest grid. */
const COLUMNS = 2 ** 21;

/** Boxes by the numbers of the things that they are of. */
export class SpatialIndex {
  readonly #grids = new Map<number, Grid>();

  add(number: number, { minX, minY, maxX, maxY }: Box): void {
    const cellSize = cellFor({ minX, minY, maxX, maxY });
    let grid = this.#grids.get(cellSize);
    if (!grid) this.#grids.set(cellSize, (grid = { cell: cellSize, cells: new Map() }));
    const key = Math.floor((minY + maxY) / 2 / cellSize) * COLUMNS + Math.floor((minX + maxX) / 2 / cellSize);
    let cell = grid.cells.get(key);
    if (!cell) grid.cells.set(key, (cell = { numbers: [], sides: [] }));
    cell.numbers.push(number);
    cell.sides.push(minX, minY, maxX, maxY);
  }

  clear(): void {
    this.#grids.clear();
  }

  /** Whether `visit` is true of a number whose box meets this one; they come in no order that means anything. */
  some(box: Box, visit: (number: number) => boolean): boolean {
    for (const grid of this.#grids.values()) {
      const reach = grid.cell / 2;
      const minColumn = Math.floor((box.minX - reach) / grid.cell);
      const maxColumn = Math.floor((box.maxX + reach) / grid.cell);
      const minRow = Math.floor((box.minY - reach) / grid.cell);
      const maxRow = Math.floor((box.maxY + reach) / grid.cell);
      if ((maxColumn - minColumn + 1) * (maxRow - minRow + 1) > grid.cells.size) {
        for (const cell of grid.cells.values()) if (someOf(cell, box, visit)) return true;
        continue;
      }
      for (let row = minRow; row <= maxRow; row++) {
        for (let column = minColumn; column <= maxColumn; column++) {
          const cell = grid.cells.get(row * COLUMNS + column);
          if (cell && someOf(cell, box, visit)) return true;
        }
      }
    }
    return false;
  }
}

function someOf({ numbers, sides }: Cell, box: Box, visit: (number: number) => boolean): boolean {
  const { minX, minY, maxX, maxY } = box;
  for (let i = 0, at = 0; i < numbers.length; i++, at += 4) {
    const meets =
      (sides[at] as number) <= maxX &&
      (sides[at + 1] as number) <= maxY &&
      (sides[at + 2] as number) >= minX &&
      (sides[at + 3] as number) >= minY;
    if (meets && visit(numbers[i] as number)) return true;
  }
  return false;
}

const cellFor = (bounds: Box): number =>
  Math.max(SMALLEST_CELL, 2 ** Math.ceil(Math.log2(Math.max(widthOf(bounds), heightOf(bounds), 1))));
