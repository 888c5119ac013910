import { askAgain, say, takeSocketAddress } from './address.mjs';
import RFB from './novnc/core/rfb.js';

const address = takeSocketAddress();
if (address) open(address);
else say('This address names no console.');

function open(socketAddress) {
  const rfb = new RFB(document.getElementById('console'), socketAddress, { shared: true });
  rfb.scaleViewport = true;
  rfb.addEventListener('connect', () => say('Connected'));
  rfb.addEventListener('desktopname', ({ detail }) => {
    document.title = detail.name;
  });
  rfb.addEventListener('disconnect', () => say(`Closed. ${askAgain}`));
  document.getElementById('keys').addEventListener('click', () => {
    rfb.sendCtrlAltDel();
    rfb.focus();
  });
}
