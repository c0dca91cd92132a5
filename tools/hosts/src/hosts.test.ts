import { argoDriver, cliDriver, githubDriver, gitlabDriver } from './conformance/drivers.ts';
import { describeHost } from './conformance/host.contract.ts';

describeHost(cliDriver);
describeHost(argoDriver);
describeHost(githubDriver);
describeHost(gitlabDriver);
