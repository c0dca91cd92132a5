import type { ImageRepository, Platform } from '@luban-ci/images';

/** Which commit an image is made of, wherever it is built. */
export interface ImageSource {
  /** Address of the repository, without credentials. */
  repoUrl: string;
  /** Full commit id. */
  revision: string;
  /** Folder of the application inside the repository; `.` for the whole. */
  subPath: string;
  /** Fetches the commit to this machine, for builders that build here. */
  checkout(): Promise<CheckedOutSource>;
}

export interface CheckedOutSource {
  /** Absolute path of the application's folder. */
  folder: string;
  /** When the commit was made: the image's creation time, so that the same commit gives the same image. */
  committedAt: Date;
}

export interface BuildRequest {
  source: ImageSource;
  image: ImageRepository;
  /** Tags that will stand for the image, at least one. */
  tags: readonly string[];
  /** One manifest for each; several make an index. */
  platforms: readonly Platform[];
  /** Unique for this request; a retried run keeps it. Tells a build from an older one of the same commit. */
  requestId: string;
}

export interface BuiltImage {
  digest: string;
  /** False when the registry had all of it already. */
  changed: boolean;
}

/** One way to make an image. Errors: StepError when the source cannot be built, RetryableError when something is away. */
export interface Builder {
  readonly name: string;
  build(request: BuildRequest): Promise<BuiltImage>;
}
