export { type AppliedEdits, applyEdits } from './apply-edits.ts';
export { type DagsterLocation, readDagsterLocations, workspaceName } from './dagster-set-location.ts';
export { applyEdit, type Edit, type EditInput, imagesOf, parseEdit, pathsOf } from './edit.ts';
export type { EditOutcome } from './edit-outcome.ts';
export {
  blobIdOf,
  type Changes,
  type Files,
  type RepositoryFile,
  sameFile,
  textFile,
  textOf,
  withChanges,
} from './files.ts';
export { type FoundImage, type FoundPlace, findImage, mayNameImage } from './find-image.ts';
export { type FollowedKustomization, followKustomization } from './follow-kustomization.ts';
export { type Layout, layouts } from './image-places/image-place.ts';
export { isSameImage, parseImageReference } from './image-reference.ts';
export { ImageVersion } from './image-version.ts';
export {
  type KustomizeImage,
  kustomizationIn,
  kustomizationNames,
  kustomizationPaths,
  readImages,
} from './kustomization.ts';
export { describeEntry, judge, repositoryIdentity, type Verdict } from './only-forward.ts';
export { compareOrder, OrderKey } from './order-key.ts';
export { Provenance } from './provenance.ts';
export { type DeploymentRecord, parseRecord, RecordEntry, recordName, serialiseRecord, withEntry } from './record.ts';
export { folderOf, isRepositoryPath, RepositoryFolder, RepositoryPath } from './repository-path.ts';
export { judgeSetUpFiles, type SetUpFiles, type SetUpVerdict, setUpFilesEdit } from './set-up-files.ts';
export { readSetUpRecord, type SetUpRecord, setUpRecordName } from './set-up-record.ts';
export { unifiedDiff } from './unified-diff.ts';
export { agrees, type Finding, type ImageState, verifyRecord } from './verify-record.ts';
export { writeFileEdit } from './write-file.ts';
