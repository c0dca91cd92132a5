/** A module of its own, so that what is loaded late has a name of ours in the bundle. */
export { RE2JS } from 're2js';
