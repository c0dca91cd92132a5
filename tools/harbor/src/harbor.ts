/** A project of the registry: the first part of an image's path. */
export interface HarborProject {
  id: number;
  name: string;
  isPublic: boolean;
}

export type RobotAction = 'pull' | 'push';

/** A robot account of one project. */
export interface HarborRobot {
  id: number;
  /** As it logs in: `robot$payment+push`; the prefix is Harbor's to choose. */
  login: string;
  /** As it was asked for: `push`. */
  name: string;
  description: string;
  /** What it may do with the project's repositories, in the order of the alphabet. */
  actions: readonly RobotAction[];
  isEnabled: boolean;
  /** Whether what it may do is exactly a list of actions on this project's repositories. */
  isPlain: boolean;
}

/** The only time that Harbor tells a robot's secret. */
export interface RobotWithSecret {
  id: number;
  login: string;
  secret: string;
}

export interface WantedRobot {
  name: string;
  description: string;
  actions: readonly RobotAction[];
}

/** A note that stays in Harbor when a run ends: a global label. */
export interface HarborLabel {
  id: number;
  name: string;
}

export interface Changed<T> {
  changed: boolean;
  value: T;
}

/**
 * A Harbor. Every method throws StepError when Harbor refuses (401, 403, 409), InputError for what it calls bad (400, 422),
 * and RetryableError when it is away or overloaded.
 */
export interface Harbor {
  findProject(name: string): Promise<HarborProject | undefined>;
  /** The project as it is; one that is there already keeps its visibility. */
  createProject(name: string, wanted: { isPublic: boolean }): Promise<Changed<HarborProject>>;
  setVisibility(project: HarborProject, isPublic: boolean): Promise<void>;
  /** Why the project cannot be deleted: it has repositories. `undefined` when it can. */
  whyNotDeletable(project: HarborProject): Promise<string | undefined>;
  deleteProject(project: HarborProject): Promise<void>;
  listRobots(project: HarborProject): Promise<HarborRobot[]>;
  /** A robot that does not expire. */
  createRobot(project: HarborProject, wanted: WantedRobot): Promise<RobotWithSecret>;
  /** Gives it exactly these rights, and enables it. Its secret stays. */
  updateRobot(project: HarborProject, robot: HarborRobot, wanted: WantedRobot): Promise<void>;
  /** A new secret; the old one is void from then on. */
  refreshRobot(robot: HarborRobot): Promise<RobotWithSecret>;
  deleteRobot(robot: HarborRobot): Promise<void>;
  findLabel(name: string): Promise<HarborLabel | undefined>;
  createLabel(name: string, description: string): Promise<void>;
  deleteLabel(label: HarborLabel): Promise<void>;
}
