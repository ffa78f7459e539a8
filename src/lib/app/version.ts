/** The version of this app, for the server's log and for support. */
export const APP_VERSION = '0.1.0';
