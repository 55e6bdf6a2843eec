/** Aside's database as a page of it sees it, beside the worker. */
import type { Page } from 'puppeteer-core';

/** Rows as plain data: bytes stand in them as base64. */
export type StoredRow = Record<string, unknown>;

/** All rows of these tables, by the table's name. */
export function readTables<Name extends string>(
  page: Page,
  names: Name[],
): Promise<Record<Name, StoredRow[]>> {
  return page.evaluate(async (wanted) => {
    const opening = indexedDB.open('aside');
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const database = opening.result;
    const transaction = database.transaction(wanted);
    const tables = await Promise.all(
      wanted.map(async (name) => {
        const reading: IDBRequest<StoredRow[]> = transaction.objectStore(name).getAll();
        await new Promise((resolve) => reading.addEventListener('success', resolve));
        return [name, reading.result] as const;
      }),
    );
    database.close();
    const entries = tables.map(async ([name, rows]) => {
      const plainRows = rows.map(async (row) => {
        const fields = Object.entries(row).map(async ([key, value]) => {
          if (!(value instanceof Blob)) return [key, value];
          return [key, new Uint8Array(await value.arrayBuffer()).toBase64()];
        });
        return Object.fromEntries(await Promise.all(fields));
      });
      return [name, await Promise.all(plainRows)];
    });
    return Object.fromEntries(await Promise.all(entries));
  }, names);
}

/** Changes the stored conversations of this title; the worker must not have them open. */
export function changeConversations(page: Page, title: string, change: StoredRow): Promise<void> {
  return page.evaluate(
    async (wanted, changed) => {
      const opening = indexedDB.open('aside');
      await new Promise((resolve) => opening.addEventListener('success', resolve));
      const database = opening.result;
      const transaction = database.transaction('conversations', 'readwrite');
      const table = transaction.objectStore('conversations');
      const reading: IDBRequest<StoredRow[]> = table.getAll();
      reading.addEventListener('success', () => {
        for (const row of reading.result) {
          if (row['title'] === wanted) table.put({ ...row, ...changed });
        }
      });
      await new Promise((resolve) => transaction.addEventListener('complete', resolve));
      database.close();
    },
    title,
    change,
  );
}
