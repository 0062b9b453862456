// Finds what lies in a box. Made for a board on which a few of very many things change at a time, small and huge alike.
//
// A grid for each size of things, cells twice as wide from one to the next: a thing is in one cell of the grid whose
// cells are as large as it is, the cell of its middle. It can reach half a cell beyond, so a search looks that far.

import { type Box, boxesMeet, heightOf, widthOf } from '../../shared/geometry.ts';

interface Grid<T> {
  readonly cell: number;
  readonly cells: Map<number, T[]>;
}

/** Board units: smaller things share cells of this size. */
const SMALLEST_CELL = 32;
/** More cells than lie along one side of a board in the finest grid. */
const COLUMNS = 2 ** 21;

export class SpatialIndex<T extends { readonly bounds: Box }> {
  readonly #grids = new Map<number, Grid<T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(item: T): void {
    const cell = cellFor(item.bounds);
    let grid = this.#grids.get(cell);
    if (!grid) this.#grids.set(cell, (grid = { cell, cells: new Map() }));
    const key = keyOf(item.bounds, cell);
    const items = grid.cells.get(key);
    if (items) items.push(item);
    else grid.cells.set(key, [item]);
    this.#size++;
  }

  remove(item: T): void {
    const grid = this.#grids.get(cellFor(item.bounds));
    const key = grid ? keyOf(item.bounds, grid.cell) : 0;
    const items = grid?.cells.get(key);
    const at = items?.indexOf(item) ?? -1;
    if (!grid || !items || at < 0) return;
    items[at] = items[items.length - 1] as T;
    items.pop();
    this.#size--;
    if (items.length === 0) grid.cells.delete(key);
    if (grid.cells.size === 0) this.#grids.delete(grid.cell);
  }

  /** All, in no order that means anything. */
  items(): T[] {
    return [...this.#grids.values()].flatMap(({ cells }) => [...cells.values()].flat());
  }

  clear(): void {
    this.#grids.clear();
    this.#size = 0;
  }

  /** Calls `visit` with each item whose bounds meet the box, in no order that means anything. */
  search(box: Box, visit: (item: T) => void): void {
    for (const grid of this.#grids.values()) {
      const reach = grid.cell / 2;
      const minColumn = Math.floor((box.minX - reach) / grid.cell);
      const maxColumn = Math.floor((box.maxX + reach) / grid.cell);
      const minRow = Math.floor((box.minY - reach) / grid.cell);
      const maxRow = Math.floor((box.maxY + reach) / grid.cell);
      if ((maxColumn - minColumn + 1) * (maxRow - minRow + 1) > grid.cells.size) {
        for (const items of grid.cells.values()) visitThose(items, box, visit);
        continue;
      }
      for (let row = minRow; row <= maxRow; row++) {
        for (let column = minColumn; column <= maxColumn; column++) {
          const items = grid.cells.get(row * COLUMNS + column);
          if (items) visitThose(items, box, visit);
        }
      }
    }
  }
}

function visitThose<T extends { readonly bounds: Box }>(items: readonly T[], box: Box, visit: (item: T) => void): void {
  for (const item of items) if (boxesMeet(item.bounds, box)) visit(item);
}

const cellFor = (bounds: Box): number =>
  Math.max(SMALLEST_CELL, 2 ** Math.ceil(Math.log2(Math.max(widthOf(bounds), heightOf(bounds), 1))));

const keyOf = ({ minX, minY, maxX, maxY }: Box, cell: number): number =>
  Math.floor((minY + maxY) / 2 / cell) * COLUMNS + Math.floor((minX + maxX) / 2 / cell);
