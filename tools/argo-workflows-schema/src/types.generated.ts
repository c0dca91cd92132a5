// Generated from schema.generated.json by write-types.ts.

export interface ArchiveStrategy {
  none?: NoneStrategy;
  tar?: TarStrategy;
  zip?: ZipStrategy;
}

export interface Arguments {
  artifacts?: readonly (Artifact)[];
  parameters?: readonly (Parameter)[];
}

export interface ArtGCStatus {
  notSpecified?: boolean;
  podsRecouped?: Readonly<Record<string, boolean>>;
  strategiesProcessed?: Readonly<Record<string, boolean>>;
}

export interface Artifact {
  archive?: ArchiveStrategy;
  archiveLogs?: boolean;
  artifactGC?: ArtifactGC;
  artifactory?: ArtifactoryArtifact;
  azure?: AzureArtifact;
  deleted?: boolean;
  from?: string;
  fromExpression?: string;
  gcs?: GCSArtifact;
  git?: GitArtifact;
  globalName?: string;
  hdfs?: HDFSArtifact;
  http?: HTTPArtifact;
  mode?: number;
  name: string;
  optional?: boolean;
  oss?: OSSArtifact;
  path?: string;
  raw?: RawArtifact;
  recurseMode?: boolean;
  s3?: S3Artifact;
  subPath?: string;
}

export interface ArtifactGC {
  podMetadata?: Metadata;
  serviceAccountName?: string;
  strategy?: string;
}

export interface ArtifactLocation {
  archiveLogs?: boolean;
  artifactory?: ArtifactoryArtifact;
  azure?: AzureArtifact;
  gcs?: GCSArtifact;
  git?: GitArtifact;
  hdfs?: HDFSArtifact;
  http?: HTTPArtifact;
  oss?: OSSArtifact;
  raw?: RawArtifact;
  s3?: S3Artifact;
}

export interface ArtifactPaths {
  archive?: ArchiveStrategy;
  archiveLogs?: boolean;
  artifactGC?: ArtifactGC;
  artifactory?: ArtifactoryArtifact;
  azure?: AzureArtifact;
  deleted?: boolean;
  from?: string;
  fromExpression?: string;
  gcs?: GCSArtifact;
  git?: GitArtifact;
  globalName?: string;
  hdfs?: HDFSArtifact;
  http?: HTTPArtifact;
  mode?: number;
  name: string;
  optional?: boolean;
  oss?: OSSArtifact;
  path?: string;
  raw?: RawArtifact;
  recurseMode?: boolean;
  s3?: S3Artifact;
  subPath?: string;
}

export interface ArtifactRepository {
  archiveLogs?: boolean;
  artifactory?: ArtifactoryArtifactRepository;
  azure?: AzureArtifactRepository;
  gcs?: GCSArtifactRepository;
  hdfs?: HDFSArtifactRepository;
  oss?: OSSArtifactRepository;
  s3?: S3ArtifactRepository;
}

export interface ArtifactRepositoryRef {
  configMap?: string;
  key?: string;
}

export interface ArtifactRepositoryRefStatus {
  artifactRepository?: ArtifactRepository;
  configMap?: string;
  default?: boolean;
  key?: string;
  namespace?: string;
}

export interface ArtifactoryArtifact {
  passwordSecret?: SecretKeySelector;
  url: string;
  usernameSecret?: SecretKeySelector;
}

export interface ArtifactoryArtifactRepository {
  keyFormat?: string;
  passwordSecret?: SecretKeySelector;
  repoURL?: string;
  usernameSecret?: SecretKeySelector;
}

export interface AzureArtifact {
  accountKeySecret?: SecretKeySelector;
  blob: string;
  container: string;
  endpoint: string;
  useSDKCreds?: boolean;
}

export interface AzureArtifactRepository {
  accountKeySecret?: SecretKeySelector;
  blobNameFormat?: string;
  container: string;
  endpoint: string;
  useSDKCreds?: boolean;
}

export interface Backoff {
  cap?: string;
  duration?: string;
  factor?: string | number;
  maxDuration?: string;
}

export interface BasicAuth {
  passwordSecret?: SecretKeySelector;
  usernameSecret?: SecretKeySelector;
}

export interface Cache {
  configMap?: ConfigMapKeySelector;
}

export interface ClientCertAuth {
  clientCertSecret?: SecretKeySelector;
  clientKeySecret?: SecretKeySelector;
}

export interface ClusterWorkflowTemplate {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'ClusterWorkflowTemplate';
  metadata: ObjectMeta;
  spec: WorkflowSpec;
}

export interface Condition {
  message?: string;
  status?: string;
  type?: string;
}

export interface ContainerNode {
  args?: readonly (string)[];
  command?: readonly (string)[];
  dependencies?: readonly (string)[];
  env?: readonly (EnvVar)[];
  envFrom?: readonly (EnvFromSource)[];
  image?: string;
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  lifecycle?: Lifecycle;
  livenessProbe?: Probe;
  name?: string;
  ports?: readonly (ContainerPort)[];
  readinessProbe?: Probe;
  resizePolicy?: readonly (ContainerResizePolicy)[];
  resources?: ResourceRequirements;
  restartPolicy?: string;
  securityContext?: SecurityContext;
  startupProbe?: Probe;
  stdin?: boolean;
  stdinOnce?: boolean;
  terminationMessagePath?: string;
  terminationMessagePolicy?: string;
  tty?: boolean;
  volumeDevices?: readonly (VolumeDevice)[];
  volumeMounts?: readonly (VolumeMount)[];
  workingDir?: string;
}

export interface ContainerSetRetryStrategy {
  duration?: string;
  retries?: string | number;
}

export interface ContainerSetTemplate {
  containers?: readonly (ContainerNode)[];
  retryStrategy?: ContainerSetRetryStrategy;
  volumeMounts?: readonly (VolumeMount)[];
}

export interface ContinueOn {
  error?: boolean;
  failed?: boolean;
}

export interface Counter {
  value: string;
}

export interface CreateS3BucketOptions {
  objectLocking?: boolean;
}

export interface CronWorkflow {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'CronWorkflow';
  metadata: ObjectMeta;
  spec: CronWorkflowSpec;
  status?: CronWorkflowStatus;
}

export interface CronWorkflowSpec {
  concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
  failedJobsHistoryLimit?: number;
  schedule?: string;
  schedules?: readonly (string)[];
  startingDeadlineSeconds?: number;
  stopStrategy?: StopStrategy;
  successfulJobsHistoryLimit?: number;
  suspend?: boolean;
  timezone?: string;
  when?: string;
  workflowMetadata?: ObjectMeta;
  workflowSpec?: WorkflowSpec;
}

export interface CronWorkflowStatus {
  active?: readonly (ObjectReference)[];
  conditions?: readonly (Condition)[];
  failed?: number;
  lastScheduledTime?: string | null;
  phase: string;
  succeeded?: number;
}

export interface DAGTask {
  arguments?: Arguments;
  continueOn?: ContinueOn;
  dependencies?: readonly (string)[];
  depends?: string;
  hooks?: Readonly<Record<string, LifecycleHook>>;
  inline?: Template;
  name: string;
  onExit?: string;
  template?: string;
  templateRef?: TemplateRef;
  when?: string;
  withItems?: readonly (unknown)[];
  withParam?: string;
  withSequence?: Sequence;
}

export interface DAGTemplate {
  failFast?: boolean;
  target?: string;
  tasks?: readonly (DAGTask)[];
}

export interface Data {
  source?: DataSource;
  transformation?: readonly (TransformationStep)[];
}

export interface DataSource {
  artifactPaths?: ArtifactPaths;
}

export interface ExecutorConfig {
  serviceAccountName?: string;
}

export interface GCSArtifact {
  bucket?: string;
  key: string;
  serviceAccountKeySecret?: SecretKeySelector;
}

export interface GCSArtifactRepository {
  bucket?: string;
  keyFormat?: string;
  serviceAccountKeySecret?: SecretKeySelector;
}

export interface Gauge {
  operation?: string;
  realtime?: boolean;
  value: string;
}

export interface GitArtifact {
  branch?: string;
  depth?: number;
  disableSubmodules?: boolean;
  fetch?: readonly (string)[];
  insecureIgnoreHostKey?: boolean;
  insecureSkipTLS?: boolean;
  passwordSecret?: SecretKeySelector;
  repo: string;
  revision?: string;
  singleBranch?: boolean;
  sshPrivateKeySecret?: SecretKeySelector;
  usernameSecret?: SecretKeySelector;
}

export interface HDFSArtifact {
  addresses?: readonly (string)[];
  dataTransferProtection?: string;
  force?: boolean;
  hdfsUser?: string;
  krbCCacheSecret?: SecretKeySelector;
  krbConfigConfigMap?: ConfigMapKeySelector;
  krbKeytabSecret?: SecretKeySelector;
  krbRealm?: string;
  krbServicePrincipalName?: string;
  krbUsername?: string;
  path: string;
}

export interface HDFSArtifactRepository {
  addresses?: readonly (string)[];
  dataTransferProtection?: string;
  force?: boolean;
  hdfsUser?: string;
  krbCCacheSecret?: SecretKeySelector;
  krbConfigConfigMap?: ConfigMapKeySelector;
  krbKeytabSecret?: SecretKeySelector;
  krbRealm?: string;
  krbServicePrincipalName?: string;
  krbUsername?: string;
  pathFormat?: string;
}

export interface HTTP {
  body?: string;
  bodyFrom?: HTTPBodySource;
  headers?: readonly (HTTPHeader)[];
  insecureSkipVerify?: boolean;
  method?: string;
  successCondition?: string;
  timeoutSeconds?: number;
  url: string;
}

export interface HTTPArtifact {
  auth?: HTTPAuth;
  headers?: readonly (Header)[];
  url: string;
}

export interface HTTPAuth {
  basicAuth?: BasicAuth;
  clientCert?: ClientCertAuth;
  oauth2?: OAuth2Auth;
}

export interface HTTPBodySource {
  bytes?: string;
}

export interface HTTPHeader {
  name: string;
  value?: string;
  valueFrom?: HTTPHeaderSource;
}

export interface HTTPHeaderSource {
  secretKeyRef?: SecretKeySelector;
}

export interface Header {
  name: string;
  value: string;
}

export interface Histogram {
  buckets?: readonly (number)[];
  value: string;
}

export interface Inputs {
  artifacts?: readonly (Artifact)[];
  parameters?: readonly (Parameter)[];
}

export interface LabelValueFrom {
  expression: string;
}

export interface LifecycleHook {
  arguments?: Arguments;
  expression?: string;
  template?: string;
  templateRef?: TemplateRef;
}

export interface ManifestFrom {
  artifact?: Artifact;
}

export interface MemoizationStatus {
  cacheName: string;
  hit?: boolean;
  key: string;
}

export interface Memoize {
  cache?: Cache;
  key: string;
  maxAge: string;
}

export interface Metadata {
  annotations?: Readonly<Record<string, string>>;
  labels?: Readonly<Record<string, string>>;
}

export interface MetricLabel {
  key: string;
  value: string;
}

export interface Metrics {
  prometheus?: readonly (Prometheus)[];
}

export interface Mutex {
  database?: boolean;
  name?: string;
  namespace?: string;
}

export interface MutexHolding {
  holder?: string;
  mutex?: string;
}

export interface MutexStatus {
  holding?: readonly (MutexHolding)[];
  waiting?: readonly (MutexHolding)[];
}

export interface NodeFlag {
  hooked?: boolean;
  retried?: boolean;
}

export interface NodeStatus {
  boundaryID?: string;
  children?: readonly (string)[];
  daemoned?: boolean;
  displayName?: string;
  estimatedDuration?: number;
  finishedAt?: string | null;
  hostNodeName?: string;
  id: string;
  inputs?: Inputs;
  memoizationStatus?: MemoizationStatus;
  message?: string;
  name: string;
  nodeFlag?: NodeFlag;
  outboundNodes?: readonly (string)[];
  outputs?: Outputs;
  phase?: string;
  podIP?: string;
  progress?: string;
  resourcesDuration?: Readonly<Record<string, number>>;
  startedAt?: string | null;
  synchronizationStatus?: NodeSynchronizationStatus;
  taskResultSynced?: boolean;
  templateName?: string;
  templateRef?: TemplateRef;
  templateScope?: string;
  type: string;
}

export interface NodeSynchronizationStatus {
  waiting?: string;
}

export interface NoneStrategy {
}

export interface OAuth2Auth {
  clientIDSecret?: SecretKeySelector;
  clientSecretSecret?: SecretKeySelector;
  endpointParams?: readonly (OAuth2EndpointParam)[];
  scopes?: readonly (string)[];
  tokenURLSecret?: SecretKeySelector;
}

export interface OAuth2EndpointParam {
  key: string;
  value?: string;
}

export interface OSSArtifact {
  accessKeySecret?: SecretKeySelector;
  bucket?: string;
  createBucketIfNotPresent?: boolean;
  endpoint?: string;
  key: string;
  lifecycleRule?: OSSLifecycleRule;
  secretKeySecret?: SecretKeySelector;
  securityToken?: string;
  useSDKCreds?: boolean;
}

export interface OSSArtifactRepository {
  accessKeySecret?: SecretKeySelector;
  bucket?: string;
  createBucketIfNotPresent?: boolean;
  endpoint?: string;
  keyFormat?: string;
  lifecycleRule?: OSSLifecycleRule;
  secretKeySecret?: SecretKeySelector;
  securityToken?: string;
  useSDKCreds?: boolean;
}

export interface OSSLifecycleRule {
  markDeletionAfterDays?: number;
  markInfrequentAccessAfterDays?: number;
}

export interface Outputs {
  artifacts?: readonly (Artifact)[];
  exitCode?: string;
  parameters?: readonly (Parameter)[];
  result?: string;
}

export interface Parameter {
  default?: string | number | boolean;
  description?: string | number | boolean;
  enum?: readonly (string | number | boolean)[];
  globalName?: string;
  name: string;
  value?: string | number | boolean;
  valueFrom?: ValueFrom;
}

export interface PodGC {
  deleteDelayDuration?: string;
  labelSelector?: LabelSelector;
  strategy?: '' | 'OnPodCompletion' | 'OnPodSuccess' | 'OnWorkflowCompletion' | 'OnWorkflowSuccess';
}

export interface Prometheus {
  counter?: Counter;
  gauge?: Gauge;
  help: string;
  histogram?: Histogram;
  labels?: readonly (MetricLabel)[];
  name: string;
  when?: string;
}

export interface RawArtifact {
  data: string;
}

export interface ResourceTemplate {
  action: string;
  failureCondition?: string;
  flags?: readonly (string)[];
  manifest?: string;
  manifestFrom?: ManifestFrom;
  mergeStrategy?: string;
  setOwnerReference?: boolean;
  successCondition?: string;
}

export interface RetryAffinity {
  nodeAntiAffinity?: RetryNodeAntiAffinity;
}

export interface RetryNodeAntiAffinity {
}

export interface RetryStrategy {
  affinity?: RetryAffinity;
  backoff?: Backoff;
  expression?: string;
  limit?: string | number;
  retryPolicy?: 'Always' | 'OnError' | 'OnFailure' | 'OnTransientError';
}

export interface S3Artifact {
  accessKeySecret?: SecretKeySelector;
  bucket?: string;
  caSecret?: SecretKeySelector;
  createBucketIfNotPresent?: CreateS3BucketOptions;
  encryptionOptions?: S3EncryptionOptions;
  endpoint?: string;
  insecure?: boolean;
  key?: string;
  region?: string;
  roleARN?: string;
  secretKeySecret?: SecretKeySelector;
  sessionTokenSecret?: SecretKeySelector;
  useSDKCreds?: boolean;
}

export interface S3ArtifactRepository {
  accessKeySecret?: SecretKeySelector;
  bucket?: string;
  caSecret?: SecretKeySelector;
  createBucketIfNotPresent?: CreateS3BucketOptions;
  encryptionOptions?: S3EncryptionOptions;
  endpoint?: string;
  insecure?: boolean;
  keyFormat?: string;
  keyPrefix?: string;
  region?: string;
  roleARN?: string;
  secretKeySecret?: SecretKeySelector;
  sessionTokenSecret?: SecretKeySelector;
  useSDKCreds?: boolean;
}

export interface S3EncryptionOptions {
  enableEncryption?: boolean;
  kmsEncryptionContext?: string;
  kmsKeyId?: string;
  serverSideCustomerKeySecret?: SecretKeySelector;
}

export interface ScriptTemplate {
  args?: readonly (string)[];
  command?: readonly (string)[];
  env?: readonly (EnvVar)[];
  envFrom?: readonly (EnvFromSource)[];
  image?: string;
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  lifecycle?: Lifecycle;
  livenessProbe?: Probe;
  name?: string;
  ports?: readonly (ContainerPort)[];
  readinessProbe?: Probe;
  resizePolicy?: readonly (ContainerResizePolicy)[];
  resources?: ResourceRequirements;
  restartPolicy?: string;
  securityContext?: SecurityContext;
  source: string;
  startupProbe?: Probe;
  stdin?: boolean;
  stdinOnce?: boolean;
  terminationMessagePath?: string;
  terminationMessagePolicy?: string;
  tty?: boolean;
  volumeDevices?: readonly (VolumeDevice)[];
  volumeMounts?: readonly (VolumeMount)[];
  workingDir?: string;
}

export interface SemaphoreHolding {
  holders?: readonly (string)[];
  semaphore?: string;
}

export interface SemaphoreRef {
  configMapKeyRef?: ConfigMapKeySelector;
  database?: SyncDatabaseRef;
  namespace?: string;
}

export interface SemaphoreStatus {
  holding?: readonly (SemaphoreHolding)[];
  waiting?: readonly (SemaphoreHolding)[];
}

export interface Sequence {
  count?: string | number;
  end?: string | number;
  format?: string;
  start?: string | number;
}

export interface StopStrategy {
  expression: string;
}

export interface SuppliedValueFrom {
}

export interface SuspendTemplate {
  duration?: string;
}

export interface SyncDatabaseRef {
  key: string;
}

export interface Synchronization {
  mutex?: Mutex;
  mutexes?: readonly (Mutex)[];
  semaphore?: SemaphoreRef;
  semaphores?: readonly (SemaphoreRef)[];
}

export interface SynchronizationStatus {
  mutex?: MutexStatus;
  semaphore?: SemaphoreStatus;
}

export interface TTLStrategy {
  secondsAfterCompletion?: number;
  secondsAfterFailure?: number;
  secondsAfterSuccess?: number;
}

export interface TarStrategy {
  compressionLevel?: number;
}

export interface Template {
  activeDeadlineSeconds?: string | number;
  affinity?: Affinity;
  annotations?: Readonly<Record<string, string>>;
  archiveLocation?: ArtifactLocation;
  automountServiceAccountToken?: boolean;
  container?: Container;
  containerSet?: ContainerSetTemplate;
  daemon?: boolean;
  dag?: DAGTemplate;
  data?: Data;
  executor?: ExecutorConfig;
  failFast?: boolean;
  hostAliases?: readonly (HostAlias)[];
  http?: HTTP;
  initContainers?: readonly (UserContainer)[];
  inputs?: Inputs;
  memoize?: Memoize;
  metadata?: Metadata;
  metrics?: Metrics;
  name?: string;
  nodeSelector?: Readonly<Record<string, string>>;
  outputs?: Outputs;
  parallelism?: number;
  plugin?: Readonly<Record<string, unknown>>;
  podSpecPatch?: string;
  priorityClassName?: string;
  resource?: ResourceTemplate;
  retryStrategy?: RetryStrategy;
  schedulerName?: string;
  script?: ScriptTemplate;
  securityContext?: PodSecurityContext;
  serviceAccountName?: string;
  sidecars?: readonly (UserContainer)[];
  steps?: readonly (readonly (WorkflowStep)[])[];
  suspend?: SuspendTemplate;
  synchronization?: Synchronization;
  timeout?: string;
  tolerations?: readonly (Toleration)[];
  volumes?: readonly (Volume)[];
}

export interface TemplateRef {
  clusterScope?: boolean;
  name?: string;
  template?: string;
}

export interface TransformationStep {
  expression: string;
}

export interface UserContainer {
  args?: readonly (string)[];
  command?: readonly (string)[];
  env?: readonly (EnvVar)[];
  envFrom?: readonly (EnvFromSource)[];
  image?: string;
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  lifecycle?: Lifecycle;
  livenessProbe?: Probe;
  mirrorVolumeMounts?: boolean;
  name?: string;
  ports?: readonly (ContainerPort)[];
  readinessProbe?: Probe;
  resizePolicy?: readonly (ContainerResizePolicy)[];
  resources?: ResourceRequirements;
  restartPolicy?: string;
  securityContext?: SecurityContext;
  startupProbe?: Probe;
  stdin?: boolean;
  stdinOnce?: boolean;
  terminationMessagePath?: string;
  terminationMessagePolicy?: string;
  tty?: boolean;
  volumeDevices?: readonly (VolumeDevice)[];
  volumeMounts?: readonly (VolumeMount)[];
  workingDir?: string;
}

export interface ValueFrom {
  configMapKeyRef?: ConfigMapKeySelector;
  default?: string | number | boolean;
  event?: string;
  expression?: string;
  jqFilter?: string;
  jsonPath?: string;
  parameter?: string;
  path?: string;
  supplied?: SuppliedValueFrom;
}

export interface VolumeClaimGC {
  strategy?: string;
}

export interface Workflow {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'Workflow';
  metadata: ObjectMeta;
  spec: WorkflowSpec;
  status?: WorkflowStatus;
}

export interface WorkflowLevelArtifactGC {
  forceFinalizerRemoval?: boolean;
  podMetadata?: Metadata;
  podSpecPatch?: string;
  serviceAccountName?: string;
  strategy?: string;
}

export interface WorkflowList {
  apiVersion: 'argoproj.io/v1alpha1';
  items?: readonly (Workflow)[];
  kind: 'WorkflowList';
  metadata: ListMeta;
}

export interface WorkflowMetadata {
  annotations?: Readonly<Record<string, string>>;
  labels?: Readonly<Record<string, string>>;
  labelsFrom?: Readonly<Record<string, LabelValueFrom>>;
}

export interface WorkflowSpec {
  activeDeadlineSeconds?: number;
  affinity?: Affinity;
  archiveLogs?: boolean;
  arguments?: Arguments;
  artifactGC?: WorkflowLevelArtifactGC;
  artifactRepositoryRef?: ArtifactRepositoryRef;
  automountServiceAccountToken?: boolean;
  dnsConfig?: PodDNSConfig;
  dnsPolicy?: string;
  entrypoint?: string;
  executor?: ExecutorConfig;
  hooks?: Readonly<Record<string, LifecycleHook>>;
  hostAliases?: readonly (HostAlias)[];
  hostNetwork?: boolean;
  imagePullSecrets?: readonly (LocalObjectReference)[];
  metrics?: Metrics;
  nodeSelector?: Readonly<Record<string, string>>;
  onExit?: string;
  parallelism?: number;
  podDisruptionBudget?: PodDisruptionBudgetSpec;
  podGC?: PodGC;
  podMetadata?: Metadata;
  podPriorityClassName?: string;
  podSpecPatch?: string;
  priority?: number;
  retryStrategy?: RetryStrategy;
  schedulerName?: string;
  securityContext?: PodSecurityContext;
  serviceAccountName?: string;
  shutdown?: string;
  suspend?: boolean;
  synchronization?: Synchronization;
  templateDefaults?: Template;
  templates?: readonly (Template)[];
  tolerations?: readonly (Toleration)[];
  ttlStrategy?: TTLStrategy;
  volumeClaimGC?: VolumeClaimGC;
  volumeClaimTemplates?: readonly (PersistentVolumeClaim)[];
  volumes?: readonly (Volume)[];
  workflowMetadata?: WorkflowMetadata;
  workflowTemplateRef?: WorkflowTemplateRef;
}

export interface WorkflowStatus {
  artifactGCStatus?: ArtGCStatus;
  artifactRepositoryRef?: ArtifactRepositoryRefStatus;
  compressedNodes?: string;
  conditions?: readonly (Condition)[];
  estimatedDuration?: number;
  finishedAt?: string | null;
  message?: string;
  nodes?: Readonly<Record<string, NodeStatus>>;
  offloadNodeStatusVersion?: string;
  outputs?: Outputs;
  persistentVolumeClaims?: readonly (Volume)[];
  phase?: string;
  progress?: string;
  resourcesDuration?: Readonly<Record<string, number>>;
  startedAt?: string | null;
  storedTemplates?: Readonly<Record<string, Template>>;
  storedWorkflowTemplateSpec?: WorkflowSpec;
  synchronization?: SynchronizationStatus;
  taskResultsCompletionStatus?: Readonly<Record<string, boolean>>;
}

export interface WorkflowStep {
  arguments?: Arguments;
  continueOn?: ContinueOn;
  hooks?: Readonly<Record<string, LifecycleHook>>;
  inline?: Template;
  name?: string;
  onExit?: string;
  template?: string;
  templateRef?: TemplateRef;
  when?: string;
  withItems?: readonly (unknown)[];
  withParam?: string;
  withSequence?: Sequence;
}

export interface WorkflowTemplate {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'WorkflowTemplate';
  metadata: ObjectMeta;
  spec: WorkflowSpec;
}

export interface WorkflowTemplateRef {
  clusterScope?: boolean;
  name?: string;
}

export interface ZipStrategy {
}

export interface AWSElasticBlockStoreVolumeSource {
  fsType?: string;
  partition?: number;
  readOnly?: boolean;
  volumeID: string;
}

export interface Affinity {
  nodeAffinity?: NodeAffinity;
  podAffinity?: PodAffinity;
  podAntiAffinity?: PodAntiAffinity;
}

export interface AppArmorProfile {
  localhostProfile?: string;
  type: string;
}

export interface AzureDiskVolumeSource {
  cachingMode?: string;
  diskName: string;
  diskURI: string;
  fsType?: string;
  kind?: string;
  readOnly?: boolean;
}

export interface AzureFileVolumeSource {
  readOnly?: boolean;
  secretName: string;
  shareName: string;
}

export interface CSIVolumeSource {
  driver: string;
  fsType?: string;
  nodePublishSecretRef?: LocalObjectReference;
  readOnly?: boolean;
  volumeAttributes?: Readonly<Record<string, string>>;
}

export interface Capabilities {
  add?: readonly (string)[];
  drop?: readonly (string)[];
}

export interface CephFSVolumeSource {
  monitors?: readonly (string)[];
  path?: string;
  readOnly?: boolean;
  secretFile?: string;
  secretRef?: LocalObjectReference;
  user?: string;
}

export interface CinderVolumeSource {
  fsType?: string;
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
  volumeID: string;
}

export interface ClusterTrustBundleProjection {
  labelSelector?: LabelSelector;
  name?: string;
  optional?: boolean;
  path: string;
  signerName?: string;
}

export interface ConfigMapEnvSource {
  name?: string;
  optional?: boolean;
}

export interface ConfigMapKeySelector {
  key?: string;
  name?: string;
  optional?: boolean;
}

export interface ConfigMapProjection {
  items?: readonly (KeyToPath)[];
  name?: string;
  optional?: boolean;
}

export interface ConfigMapVolumeSource {
  defaultMode?: number;
  items?: readonly (KeyToPath)[];
  name?: string;
  optional?: boolean;
}

export interface Container {
  args?: readonly (string)[];
  command?: readonly (string)[];
  env?: readonly (EnvVar)[];
  envFrom?: readonly (EnvFromSource)[];
  image?: string;
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  lifecycle?: Lifecycle;
  livenessProbe?: Probe;
  name?: string;
  ports?: readonly (ContainerPort)[];
  readinessProbe?: Probe;
  resizePolicy?: readonly (ContainerResizePolicy)[];
  resources?: ResourceRequirements;
  restartPolicy?: string;
  securityContext?: SecurityContext;
  startupProbe?: Probe;
  stdin?: boolean;
  stdinOnce?: boolean;
  terminationMessagePath?: string;
  terminationMessagePolicy?: string;
  tty?: boolean;
  volumeDevices?: readonly (VolumeDevice)[];
  volumeMounts?: readonly (VolumeMount)[];
  workingDir?: string;
}

export interface ContainerPort {
  containerPort?: number;
  hostIP?: string;
  hostPort?: number;
  name?: string;
  protocol?: string;
}

export interface ContainerResizePolicy {
  resourceName: string;
  restartPolicy: string;
}

export interface DownwardAPIProjection {
  items?: readonly (DownwardAPIVolumeFile)[];
}

export interface DownwardAPIVolumeFile {
  fieldRef?: ObjectFieldSelector;
  mode?: number;
  path: string;
  resourceFieldRef?: ResourceFieldSelector;
}

export interface DownwardAPIVolumeSource {
  defaultMode?: number;
  items?: readonly (DownwardAPIVolumeFile)[];
}

export interface EmptyDirVolumeSource {
  medium?: string;
  sizeLimit?: string | number;
}

export interface EnvFromSource {
  configMapRef?: ConfigMapEnvSource;
  prefix?: string;
  secretRef?: SecretEnvSource;
}

export interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: EnvVarSource;
}

export interface EnvVarSource {
  configMapKeyRef?: ConfigMapKeySelector;
  fieldRef?: ObjectFieldSelector;
  resourceFieldRef?: ResourceFieldSelector;
  secretKeyRef?: SecretKeySelector;
}

export interface EphemeralVolumeSource {
  volumeClaimTemplate?: PersistentVolumeClaimTemplate;
}

export interface ExecAction {
  command?: readonly (string)[];
}

export interface FCVolumeSource {
  fsType?: string;
  lun?: number;
  readOnly?: boolean;
  targetWWNs?: readonly (string)[];
  wwids?: readonly (string)[];
}

export interface FlexVolumeSource {
  driver: string;
  fsType?: string;
  options?: Readonly<Record<string, string>>;
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
}

export interface FlockerVolumeSource {
  datasetName?: string;
  datasetUUID?: string;
}

export interface GCEPersistentDiskVolumeSource {
  fsType?: string;
  partition?: number;
  pdName: string;
  readOnly?: boolean;
}

export interface GRPCAction {
  port?: number;
  service?: string;
}

export interface GitRepoVolumeSource {
  directory?: string;
  repository: string;
  revision?: string;
}

export interface GlusterfsVolumeSource {
  endpoints: string;
  path: string;
  readOnly?: boolean;
}

export interface HTTPGetAction {
  host?: string;
  httpHeaders?: readonly (CoreHTTPHeader)[];
  path?: string;
  port?: string | number;
  scheme?: string;
}

export interface CoreHTTPHeader {
  name: string;
  value: string;
}

export interface HostAlias {
  hostnames?: readonly (string)[];
  ip: string;
}

export interface HostPathVolumeSource {
  path: string;
  type?: string;
}

export interface ISCSIVolumeSource {
  chapAuthDiscovery?: boolean;
  chapAuthSession?: boolean;
  fsType?: string;
  initiatorName?: string;
  iqn: string;
  iscsiInterface?: string;
  lun?: number;
  portals?: readonly (string)[];
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
  targetPortal: string;
}

export interface ImageVolumeSource {
  pullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  reference?: string;
}

export interface KeyToPath {
  key: string;
  mode?: number;
  path: string;
}

export interface Lifecycle {
  postStart?: LifecycleHandler;
  preStop?: LifecycleHandler;
  stopSignal?: string;
}

export interface LifecycleHandler {
  exec?: ExecAction;
  httpGet?: HTTPGetAction;
  sleep?: SleepAction;
  tcpSocket?: TCPSocketAction;
}

export interface LocalObjectReference {
  name?: string;
}

export interface ModifyVolumeStatus {
  status: string;
  targetVolumeAttributesClassName?: string;
}

export interface NFSVolumeSource {
  path: string;
  readOnly?: boolean;
  server: string;
}

export interface NodeAffinity {
  preferredDuringSchedulingIgnoredDuringExecution?: readonly (PreferredSchedulingTerm)[];
  requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
}

export interface NodeSelector {
  nodeSelectorTerms?: readonly (NodeSelectorTerm)[];
}

export interface NodeSelectorRequirement {
  key: string;
  operator: string;
  values?: readonly (string)[];
}

export interface NodeSelectorTerm {
  matchExpressions?: readonly (NodeSelectorRequirement)[];
  matchFields?: readonly (NodeSelectorRequirement)[];
}

export interface ObjectFieldSelector {
  apiVersion?: string;
  fieldPath: string;
}

export interface ObjectReference {
  apiVersion?: string;
  fieldPath?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  resourceVersion?: string;
  uid?: string;
}

export interface PersistentVolumeClaim {
  apiVersion?: string;
  kind?: string;
  metadata?: ObjectMeta;
  spec?: PersistentVolumeClaimSpec;
  status?: PersistentVolumeClaimStatus;
}

export interface PersistentVolumeClaimCondition {
  lastProbeTime?: string | null;
  lastTransitionTime?: string | null;
  message?: string;
  reason?: string;
  status: string;
  type: string;
}

export interface PersistentVolumeClaimSpec {
  accessModes?: readonly (string)[];
  dataSource?: TypedLocalObjectReference;
  dataSourceRef?: TypedObjectReference;
  resources?: VolumeResourceRequirements;
  selector?: LabelSelector;
  storageClassName?: string;
  volumeAttributesClassName?: string;
  volumeMode?: string;
  volumeName?: string;
}

export interface PersistentVolumeClaimStatus {
  accessModes?: readonly (string)[];
  allocatedResourceStatuses?: Readonly<Record<string, string>>;
  allocatedResources?: Readonly<Record<string, string | number>>;
  capacity?: Readonly<Record<string, string | number>>;
  conditions?: readonly (PersistentVolumeClaimCondition)[];
  currentVolumeAttributesClassName?: string;
  modifyVolumeStatus?: ModifyVolumeStatus;
  phase?: string;
}

export interface PersistentVolumeClaimTemplate {
  metadata?: ObjectMeta;
  spec?: PersistentVolumeClaimSpec;
}

export interface PersistentVolumeClaimVolumeSource {
  claimName: string;
  readOnly?: boolean;
}

export interface PhotonPersistentDiskVolumeSource {
  fsType?: string;
  pdID: string;
}

export interface PodAffinity {
  preferredDuringSchedulingIgnoredDuringExecution?: readonly (WeightedPodAffinityTerm)[];
  requiredDuringSchedulingIgnoredDuringExecution?: readonly (PodAffinityTerm)[];
}

export interface PodAffinityTerm {
  labelSelector?: LabelSelector;
  matchLabelKeys?: readonly (string)[];
  mismatchLabelKeys?: readonly (string)[];
  namespaceSelector?: LabelSelector;
  namespaces?: readonly (string)[];
  topologyKey: string;
}

export interface PodAntiAffinity {
  preferredDuringSchedulingIgnoredDuringExecution?: readonly (WeightedPodAffinityTerm)[];
  requiredDuringSchedulingIgnoredDuringExecution?: readonly (PodAffinityTerm)[];
}

export interface PodDNSConfig {
  nameservers?: readonly (string)[];
  options?: readonly (PodDNSConfigOption)[];
  searches?: readonly (string)[];
}

export interface PodDNSConfigOption {
  name?: string;
  value?: string;
}

export interface PodSecurityContext {
  appArmorProfile?: AppArmorProfile;
  fsGroup?: number;
  fsGroupChangePolicy?: string;
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  runAsUser?: number;
  seLinuxChangePolicy?: string;
  seLinuxOptions?: SELinuxOptions;
  seccompProfile?: SeccompProfile;
  supplementalGroups?: readonly (number)[];
  supplementalGroupsPolicy?: string;
  sysctls?: readonly (Sysctl)[];
  windowsOptions?: WindowsSecurityContextOptions;
}

export interface PortworxVolumeSource {
  fsType?: string;
  readOnly?: boolean;
  volumeID: string;
}

export interface PreferredSchedulingTerm {
  preference?: NodeSelectorTerm;
  weight?: number;
}

export interface Probe {
  exec?: ExecAction;
  failureThreshold?: number;
  grpc?: GRPCAction;
  httpGet?: HTTPGetAction;
  initialDelaySeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  tcpSocket?: TCPSocketAction;
  terminationGracePeriodSeconds?: number;
  timeoutSeconds?: number;
}

export interface ProjectedVolumeSource {
  defaultMode?: number;
  sources?: readonly (VolumeProjection)[];
}

export interface QuobyteVolumeSource {
  group?: string;
  readOnly?: boolean;
  registry: string;
  tenant?: string;
  user?: string;
  volume: string;
}

export interface RBDVolumeSource {
  fsType?: string;
  image: string;
  keyring?: string;
  monitors?: readonly (string)[];
  pool?: string;
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
  user?: string;
}

export interface ResourceClaim {
  name: string;
  request?: string;
}

export interface ResourceFieldSelector {
  containerName?: string;
  divisor?: string | number;
  resource: string;
}

export interface ResourceRequirements {
  claims?: readonly (ResourceClaim)[];
  limits?: Readonly<Record<string, string | number>>;
  requests?: Readonly<Record<string, string | number>>;
}

export interface SELinuxOptions {
  level?: string;
  role?: string;
  type?: string;
  user?: string;
}

export interface ScaleIOVolumeSource {
  fsType?: string;
  gateway: string;
  protectionDomain?: string;
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
  sslEnabled?: boolean;
  storageMode?: string;
  storagePool?: string;
  system: string;
  volumeName?: string;
}

export interface SeccompProfile {
  localhostProfile?: string;
  type: string;
}

export interface SecretEnvSource {
  name?: string;
  optional?: boolean;
}

export interface SecretKeySelector {
  key: string;
  name?: string;
  optional?: boolean;
}

export interface SecretProjection {
  items?: readonly (KeyToPath)[];
  name?: string;
  optional?: boolean;
}

export interface SecretVolumeSource {
  defaultMode?: number;
  items?: readonly (KeyToPath)[];
  optional?: boolean;
  secretName?: string;
}

export interface SecurityContext {
  allowPrivilegeEscalation?: boolean;
  appArmorProfile?: AppArmorProfile;
  capabilities?: Capabilities;
  privileged?: boolean;
  procMount?: string;
  readOnlyRootFilesystem?: boolean;
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  runAsUser?: number;
  seLinuxOptions?: SELinuxOptions;
  seccompProfile?: SeccompProfile;
  windowsOptions?: WindowsSecurityContextOptions;
}

export interface ServiceAccountTokenProjection {
  audience?: string;
  expirationSeconds?: number;
  path: string;
}

export interface SleepAction {
  seconds?: number;
}

export interface StorageOSVolumeSource {
  fsType?: string;
  readOnly?: boolean;
  secretRef?: LocalObjectReference;
  volumeName?: string;
  volumeNamespace?: string;
}

export interface Sysctl {
  name: string;
  value: string;
}

export interface TCPSocketAction {
  host?: string;
  port?: string | number;
}

export interface Toleration {
  effect?: string;
  key?: string;
  operator?: string;
  tolerationSeconds?: number;
  value?: string;
}

export interface TypedLocalObjectReference {
  apiGroup?: string;
  kind: string;
  name: string;
}

export interface TypedObjectReference {
  apiGroup?: string;
  kind: string;
  name: string;
  namespace?: string;
}

export interface Volume {
  awsElasticBlockStore?: AWSElasticBlockStoreVolumeSource;
  azureDisk?: AzureDiskVolumeSource;
  azureFile?: AzureFileVolumeSource;
  cephfs?: CephFSVolumeSource;
  cinder?: CinderVolumeSource;
  configMap?: ConfigMapVolumeSource;
  csi?: CSIVolumeSource;
  downwardAPI?: DownwardAPIVolumeSource;
  emptyDir?: EmptyDirVolumeSource;
  ephemeral?: EphemeralVolumeSource;
  fc?: FCVolumeSource;
  flexVolume?: FlexVolumeSource;
  flocker?: FlockerVolumeSource;
  gcePersistentDisk?: GCEPersistentDiskVolumeSource;
  gitRepo?: GitRepoVolumeSource;
  glusterfs?: GlusterfsVolumeSource;
  hostPath?: HostPathVolumeSource;
  image?: ImageVolumeSource;
  iscsi?: ISCSIVolumeSource;
  name: string;
  nfs?: NFSVolumeSource;
  persistentVolumeClaim?: PersistentVolumeClaimVolumeSource;
  photonPersistentDisk?: PhotonPersistentDiskVolumeSource;
  portworxVolume?: PortworxVolumeSource;
  projected?: ProjectedVolumeSource;
  quobyte?: QuobyteVolumeSource;
  rbd?: RBDVolumeSource;
  scaleIO?: ScaleIOVolumeSource;
  secret?: SecretVolumeSource;
  storageos?: StorageOSVolumeSource;
  vsphereVolume?: VsphereVirtualDiskVolumeSource;
}

export interface VolumeDevice {
  devicePath: string;
  name: string;
}

export interface VolumeMount {
  mountPath: string;
  mountPropagation?: string;
  name: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  subPath?: string;
  subPathExpr?: string;
}

export interface VolumeProjection {
  clusterTrustBundle?: ClusterTrustBundleProjection;
  configMap?: ConfigMapProjection;
  downwardAPI?: DownwardAPIProjection;
  secret?: SecretProjection;
  serviceAccountToken?: ServiceAccountTokenProjection;
}

export interface VolumeResourceRequirements {
  limits?: Readonly<Record<string, string | number>>;
  requests?: Readonly<Record<string, string | number>>;
}

export interface VsphereVirtualDiskVolumeSource {
  fsType?: string;
  storagePolicyID?: string;
  storagePolicyName?: string;
  volumePath: string;
}

export interface WeightedPodAffinityTerm {
  podAffinityTerm?: PodAffinityTerm;
  weight?: number;
}

export interface WindowsSecurityContextOptions {
  gmsaCredentialSpec?: string;
  gmsaCredentialSpecName?: string;
  hostProcess?: boolean;
  runAsUserName?: string;
}

export interface LabelSelector {
  matchExpressions?: readonly (LabelSelectorRequirement)[];
  matchLabels?: Readonly<Record<string, string>>;
}

export interface LabelSelectorRequirement {
  key: string;
  operator: string;
  values?: readonly (string)[];
}

export interface ListMeta {
  continue?: string;
  remainingItemCount?: number;
  resourceVersion?: string;
  selfLink?: string;
}

export interface ManagedFieldsEntry {
  apiVersion?: string;
  fieldsType?: string;
  fieldsV1?: Readonly<Record<string, unknown>>;
  manager?: string;
  operation?: string;
  subresource?: string;
  time?: string | null;
}

export interface ObjectMeta {
  annotations?: Readonly<Record<string, string>>;
  creationTimestamp?: string | null;
  deletionGracePeriodSeconds?: number;
  deletionTimestamp?: string | null;
  finalizers?: readonly (string)[];
  generateName?: string;
  generation?: number;
  labels?: Readonly<Record<string, string>>;
  managedFields?: readonly (ManagedFieldsEntry)[];
  name?: string;
  namespace?: string;
  ownerReferences?: readonly (OwnerReference)[];
  resourceVersion?: string;
  selfLink?: string;
  uid?: string;
}

export interface OwnerReference {
  apiVersion: string;
  blockOwnerDeletion?: boolean;
  controller?: boolean;
  kind: string;
  name: string;
  uid: string;
}

export interface PodDisruptionBudgetSpec {
  maxUnavailable?: string | number;
  minAvailable?: string | number;
  selector?: LabelSelector;
  unhealthyPodEvictionPolicy?: string;
}
