/** Where the decision log of a workspace ends. */
export const LOG_HEAD = 'SELECT seq, hash FROM log WHERE workspace = $1 ORDER BY seq DESC LIMIT 1';
