/** Keeps what settled blocks name and nothing defines yet: it may be defined later. */

/** A settled block, or an item or row of one, that is read again when a name is defined. */
export interface Unit {
  /** Number of the block. */
  block: number;
  /** Number of the item or row; undefined for the block itself. */
  part: number | undefined;
  /** Where its text begins and ends. */
  start: number;
  end: number;
  /** What has to stand before it so that it is what it is: a table's head. */
  head: string;
  /** What it may name, and nothing defined when it was read. */
  names: ReadonlySet<string>;
}

export class LateReferences {
  readonly #asking = new Map<string, Set<Unit>>();
  readonly #due = new Set<Unit>();

  add(unit: Unit): void {
    for (const name of unit.names) {
      const units = this.#asking.get(name);
      if (units) units.add(unit);
      else this.#asking.set(name, new Set([unit]));
    }
  }

  remove(unit: Unit): void {
    this.#due.delete(unit);
    for (const name of unit.names) this.#asking.get(name)?.delete(unit);
  }

  /** These are defined now. */
  define(names: string[]): void {
    for (const name of names) {
      for (const unit of this.#asking.get(name) ?? []) this.#due.add(unit);
      this.#asking.delete(name);
    }
  }

  /** The units that name any of these. */
  asking(names: string[]): Set<Unit> {
    return new Set(names.flatMap((name) => [...(this.#asking.get(name) ?? [])]));
  }

  /** The units that are to be read again, as many as have so many characters, but at least one. */
  due(most: number): Unit[] {
    const units: Unit[] = [];
    let left = most;
    for (const unit of this.#due) {
      if (left <= 0) break;
      units.push(unit);
      left -= unit.end - unit.start;
    }
    return units;
  }
}
