export { layers, roomsBelow } from './boundaries/layers.ts';
export { createNodes } from './plugin.ts';
