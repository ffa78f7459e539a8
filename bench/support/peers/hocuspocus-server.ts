/** A Hocuspocus server as its documentation sets one up: default settings and its SQLite extension. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { schema, SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

/** The extension with Node's SQLite under it: when and what it stores is its own, its native binding is not needed. */
class NodeSQLite extends SQLite {
  override onConfigure(): Promise<void> {
    const db = new DatabaseSync(this.configuration.database);
    db.exec(schema);
    // It has the same few verbs as the binding that the extension names.
    Object.assign(this, { db });
    return Promise.resolve();
  }
}

const { PORT, DATA_DIR = '.' } = process.env;
const database = new NodeSQLite({ database: join(DATA_DIR, 'db.sqlite') });
await new Server({ address: 'localhost', port: Number(PORT), quiet: true, extensions: [database] }).listen();
