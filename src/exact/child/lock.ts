import dgram from 'node:dgram';
import net from 'node:net';
import { Console } from 'node:console';

/**
 * The second fence, for machines without network namespaces: sockets throw, and what a library prints goes to
 * stderr, because stdout carries answers only.
 */
export function lockDown(): void {
  const refuse = (): never => {
    throw new Error('the exact programs have no network');
  };
  net.Socket.prototype.connect = refuse;
  net.Server.prototype.listen = refuse;
  dgram.Socket.prototype.bind = refuse;
  dgram.Socket.prototype.send = refuse;
  for (const name of ['fetch', 'WebSocket', 'EventSource'])
    Reflect.deleteProperty(globalThis, name);
  globalThis.console = new Console(process.stderr);
}
