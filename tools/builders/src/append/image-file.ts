/** A file of a layer; everything is owned by root, so that the running application cannot change itself. */
export interface ImageFile {
  /** Absolute path in the image without the leading slash: `app/src/main.py`. */
  path: string;
  content: Uint8Array;
  isExecutable: boolean;
}

/** Where the parts of an application are in an image of the append builder. */
export const places = {
  home: 'app',
  packages: 'app/site-packages',
  programs: 'app/bin',
  source: 'app/source',
} as const;
