// Joins its standard streams to a TCP port of this machine: what QEMU starts for each connection
// of a guest to an address that is forwarded.
import { connect } from 'node:net';

const socket = connect(Number(process.argv[2]), '127.0.0.1');
process.stdin.pipe(socket);
socket.pipe(process.stdout);
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(0));
