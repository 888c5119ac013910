/**
 * The socket that the page's address speaks of: `path` holds what Nova's clients put there, a
 * plain `token` does as well. The token then leaves the address bar and the history.
 * @returns the address of the socket, or undefined when the address names none
 */
export function takeSocketAddress() {
  const query = new URLSearchParams(location.search);
  const token = query.get('token');
  const path = query.get('path') ?? (token ? `?token=${encodeURIComponent(token)}` : '');
  history.replaceState(null, '', location.pathname);
  if (!path.includes('token=')) return undefined;
  const address = new URL(path.startsWith('?') ? `./${path}` : path, location.href);
  // Whatever the address says, the token goes to where the page came from.
  if (address.host !== location.host) return undefined;
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

export function say(sentence) {
  document.getElementById('state').textContent = sentence;
}

/** A token opens one console once, so that a page cannot connect again by itself. */
export const askAgain = 'Ask for a new address to open it again.';
