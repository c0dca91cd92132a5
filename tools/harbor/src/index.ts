export { createHarbor } from './create-harbor.ts';
export type {
  Changed,
  Harbor,
  HarborLabel,
  HarborProject,
  HarborRobot,
  RobotAction,
  RobotWithSecret,
  WantedRobot,
} from './harbor.ts';
export type { HarborOptions } from './harbor-api.ts';
