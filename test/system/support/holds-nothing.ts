/** The holdings of a host on which nothing of any server is left. */
export const holdsNothing = { guestIds: [], diskIds: [], rootDiskIds: [], portIds: [] };
