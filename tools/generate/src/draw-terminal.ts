import { text } from 'node:stream/consumers';
import { terminalPicture } from './terminal-picture.ts';

// node draw-terminal.ts <title> <recording >picture.svg
process.stdout.write(terminalPicture(process.argv[2] ?? 'A terminal', await text(process.stdin)));
