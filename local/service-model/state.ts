/** Rows of one kind, by key; a row is replaced, never changed in place. */
export interface Table<Row> {
  get(key: string): Row | undefined;
  all(): readonly Row[];
  put(key: string, row: Row): void;
  delete(key: string): void;
  readonly size: number;
}

/** A table for each kind of row. */
export type Tables<Rows> = { readonly [Name in keyof Rows]: Table<Rows[Name]> };

/** One account in one region: nothing of it is seen from another. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Tells places apart, as a key. */
export const placeKey = ({ accountId, region }: Place): string => `${accountId} ${region}`;

/** All that a service remembers. */
export interface State<Rows> {
  /** The tables of one account and region, made when first asked for. */
  in(accountId: string, region: string): Tables<Rows>;
  /** Every account and region that has tables. */
  places(): readonly Place[];
  save(): unknown;
  /** Replaces everything. Throws where the saved form is of another version. */
  restore(saved: unknown): void;
  /** Grows with each change of a row. */
  readonly revision: number;
}

interface SavedPlace<Rows> extends Place {
  readonly tables: { readonly [Name in keyof Rows]?: readonly (readonly [string, Rows[Name]])[] };
}

interface Saved<Rows> {
  readonly version: 1;
  readonly places: readonly SavedPlace<Rows>[];
}

const createTable = <Row>(changed: () => void, rows: Iterable<readonly [string, Row]>) => {
  const map = new Map(rows);
  return {
    get: (key: string) => map.get(key),
    all: () => [...map.values()],
    put: (key: string, row: Row) => {
      map.set(key, row);
      changed();
    },
    delete: (key: string) => {
      if (map.delete(key)) changed();
    },
    get size() {
      return map.size;
    },
    entries: () => [...map.entries()],
  };
};

/** An empty state with these tables. */
export const createState = <Rows>(names: readonly (keyof Rows & string)[]): State<Rows> => {
  type Stored = { readonly [Name in keyof Rows]: ReturnType<typeof createTable<Rows[Name]>> };
  const places = new Map<string, Place & { readonly tables: Stored }>();
  let revision = 0;
  const changed = () => {
    revision += 1;
  };

  const open = ({ accountId, region }: Place, rows: SavedPlace<Rows>["tables"] = {}) => {
    const tables = Object.fromEntries(names.map((name) => [name, createTable(changed, rows[name] ?? [])]));
    const place = { accountId, region, tables: tables as unknown as Stored };
    places.set(placeKey(place), place);
    return place;
  };

  const entriesOf = (tables: Stored) =>
    Object.fromEntries(names.map((name) => [name, tables[name].entries()])) as unknown as SavedPlace<Rows>["tables"];

  return {
    in: (accountId, region) => (places.get(placeKey({ accountId, region })) ?? open({ accountId, region })).tables,
    places: () => [...places.values()].map(({ accountId, region }) => ({ accountId, region })),
    save: (): Saved<Rows> => ({
      version: 1,
      places: [...places.values()].map(({ accountId, region, tables }) => ({
        accountId,
        region,
        tables: entriesOf(tables),
      })),
    }),
    restore: (saved) => {
      const { version, places: savedPlaces } = saved as Saved<Rows>;
      if (version !== 1) throw new Error(`saved state has version ${version}; this program reads version 1`);
      places.clear();
      for (const place of savedPlaces) open(place, place.tables);
      changed();
    },
    get revision() {
      return revision;
    },
  };
};
