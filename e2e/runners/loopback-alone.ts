/**
 * For a program that might want to fetch something: its way to anywhere but this machine ends at a port that nobody
 * listens on (9, "discard").
 */
export const proxiesThatNobodyServes: Readonly<Record<string, string>> = {
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  no_proxy: '127.0.0.1',
  NO_PROXY: '127.0.0.1',
};
