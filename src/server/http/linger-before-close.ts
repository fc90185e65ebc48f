import type { Socket } from 'node:net';

/** How long a client has to read an answer that came before all of its request was sent, in milliseconds. */
const lingering = 3_000;

const lingerers = new WeakSet<Socket>();

/** Whether a connection only waits for its client to hang up: what still comes on it is thrown away. */
export function isLingering(socket: Socket): boolean {
  return lingerers.has(socket);
}

/**
 * Makes a connection that is about to be closed by the server close in two steps (RFC 9112, section 9.6): first the half that
 * is written, then, when the client has hung up or its time is over, the rest. Closed at once while the client sends, TCP would
 * reset the connection, and throw the answer away that the client has not read.
 */
export function lingerBeforeClose(socket: Socket): void {
  if (lingerers.has(socket)) return;
  const { destroySoon } = socket;
  // Node's server calls it when it has written the last answer of a connection.
  socket.destroySoon = function closeInTwoSteps() {
    lingerers.add(socket);
    socket.end();
    const late = setTimeout(() => destroySoon.call(socket), lingering).unref();
    socket.once('close', () => clearTimeout(late));
    socket.once('end', () => destroySoon.call(socket));
  };
}
