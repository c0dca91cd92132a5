import { InputError } from '@luban-ci/core';

/** How a suite reaches the cluster and its forge from outside; e2e/suites sets these variables. */
export interface SuitePlace {
  kubeconfig: string;
  kubectl: string;
  /** The forge on loopback: `https://localhost:40123`. */
  forge: string;
}

/** The same forge and the registry, as pods know them. */
export const inCluster = { forge: 'https://gitea.luban-test.svc', registry: 'registry.luban-test.svc' };

/** Who may do anything on the forge. */
export const account = { name: 'luban', password: 'luban-for-tests' };
export const organization = 'metasync';
/** With what the forge signs its deliveries: the Secret webhook-secret of the cluster. */
export const hookSecret = 'hook-secret-for-tests';

export function suitePlace(environment: NodeJS.ProcessEnv): SuitePlace {
  const needed = (name: string): string => {
    const value = environment[name];
    if (value) return value;
    throw new InputError(`${name} is not set: the suites are run by "make e2e", or node e2e/suites/main.ts <area>`);
  };
  return { kubeconfig: needed('KUBECONFIG'), kubectl: needed('LUBAN_E2E_KUBECTL'), forge: needed('LUBAN_E2E_FORGE') };
}
