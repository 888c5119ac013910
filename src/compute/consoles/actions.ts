/** What opening a console requires, when it is asked for and as long as it is open. */
export const consoleAction = 'ecs:servers:createConsole';
