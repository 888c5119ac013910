import { askAgain, say, takeSocketAddress } from './address.mjs';
import { Terminal } from './xterm.mjs';

const address = takeSocketAddress();
if (address) open(address);
else say('This address names no console.');

function open(socketAddress) {
  const terminal = new Terminal({ cursorBlink: true });
  terminal.open(document.getElementById('console'));
  const socket = new WebSocket(socketAddress, ['binary']);
  socket.binaryType = 'arraybuffer';
  const encoder = new TextEncoder();
  socket.addEventListener('open', () => {
    say('Connected');
    terminal.focus();
  });
  socket.addEventListener('message', ({ data }) => terminal.write(new Uint8Array(data)));
  socket.addEventListener('close', ({ reason }) =>
    say(`Closed${reason && `: ${reason}`}. ${askAgain}`),
  );
  terminal.onData((text) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(encoder.encode(text));
  });
}
