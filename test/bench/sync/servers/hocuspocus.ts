// Run as a process of its own: Hocuspocus with its SQLite extension on a file (DATABASE), its settings as they come.
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

const server = new Server({
  address: '127.0.0.1',
  port: 0,
  quiet: true,
  extensions: [new SQLite({ database: process.env.DATABASE ?? ':memory:' })],
});
await server.listen();
process.stdout.write(`${JSON.stringify({ event: 'ready', port: server.address.port })}\n`);
