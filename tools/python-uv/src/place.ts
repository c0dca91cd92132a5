import type { Clock, Log } from '@luban-ci/core';

/** What a platform gives a buildpack, after https://github.com/buildpacks/spec/blob/main/buildpack.md */
export interface BuildPlace {
  /** The application's source, and the folder that it is started in. */
  app: string;
  /** Folder for this buildpack's layers. */
  layers: string;
  /** Folder with `env/` and `bindings/`. */
  platform: string;
  /** This buildpack's own folder. */
  buildpack: string;
  environment: Readonly<Record<string, string>>;
  log: Log;
  clock: Clock;
  /** What this is given is never told in the log. */
  hide(secret: string): void;
  /** As `fetch`, trusting what `SSL_CERT_FILE` of the build will. */
  fetch: typeof fetch;
}
