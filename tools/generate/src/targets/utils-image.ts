/** Where the image with all steps is published; its version is the product's. */
export const utilsImageRepository = 'quay.io/luban-ci/gitops-utils';
export const utilsImage = `${utilsImageRepository}:0.1.0`;
