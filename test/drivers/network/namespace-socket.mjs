// Makes a socket in the namespace it runs in and hands it to the test's own process.
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';

const [, , what, host, port, localPort] = process.argv;
const address = { host, port: Number(port) };
const leave = () => process.exit();

if (what === 'listen') {
  const server = createServer({ pauseOnConnect: true });
  server.listen(address, () => process.send('listening', server, leave));
} else if (what === 'connect') {
  const from = localPort === undefined ? {} : { localPort: Number(localPort) };
  const socket = connect({ ...address, ...from, allowHalfOpen: true });
  socket.on('connect', () => process.send('connected', socket, leave));
  socket.on('error', (error) => process.send({ refused: error.code }, leave));
} else {
  const socket = createSocket('udp4');
  socket.bind(Number(localPort), () => {
    socket.setBroadcast(true);
    socket.send('datagram', address.port, host, () => process.send('sent', undefined, leave));
  });
}
