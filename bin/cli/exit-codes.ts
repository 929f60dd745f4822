/** What a script can read from `$?`. The worst outcome counts. */
export const exitCodes = { ok: 0, refused: 1, usage: 2, api: 3, key: 4, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeHelp = `
Exit codes:
  0  all well
  1  something was refused: the output names what, why, and how to mend it
  2  used wrongly: an unknown option, a missing file
  3  the API was not reachable or answered unexpectedly
  4  the key is missing or not allowed to do this
  130  interrupted by Ctrl-C`;
