import { createGit } from '../create-git.ts';
import { testSettings } from '../settings.fixture.ts';
import type { LandRequest } from './land.ts';

/** A process of its own that lands one request, given as JSON, and prints the result as JSON. */
const [origin = '', request = '{}'] = process.argv.slice(2);
const result = await createGit(testSettings({ origin })).land(JSON.parse(request) as LandRequest);
process.stdout.write(JSON.stringify(result));
