import type { ConsoleSocket } from '#test/consoles.ts';

/** Longer than a guest under emulation takes to hash a password and to say that it is wrong. */
const answerTimeoutMs = 15_000;
const answers = 40;

export interface Login {
  user: string;
  password: string;
  /** What the shell shows when it waits. */
  prompt: RegExp;
}

/**
 * Logs in as people do, who look at each prompt before they type. While a guest makes a prompt it
 * throws away what is typed, all of it or only the beginning; so any answer can be the wrong one.
 */
export async function logIn(typist: ConsoleSocket, login: Login): Promise<void> {
  const { user, password, prompt } = login;
  const prompts = new RegExp(`${prompt.source}|(login|Password): *$`);
  let typed = '';
  for (let answer = 0; answer < answers; answer += 1) {
    typist.received = Buffer.alloc(0);
    typist.send(`${typed}\r`);
    const shown = await typist.says(prompts, answerTimeoutMs).catch(() => '');
    if (prompt.test(shown)) return;
    if (/login: *$/.test(shown)) typed = user;
    else typed = /Password: *$/.test(shown) ? password : '';
  }
  throw new Error(`no prompt after ${answers} answers: ${typist.received}`);
}
