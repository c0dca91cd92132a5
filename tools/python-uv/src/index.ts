export { build } from './build.ts';
export { type Detection, detect } from './detect.ts';
export type { BuildPlace } from './place.ts';
