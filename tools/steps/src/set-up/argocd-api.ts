/** API version of Argo CD's AppProjects and Applications. */
export const argocdApi = 'argoproj.io/v1alpha1';
