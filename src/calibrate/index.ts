/**
 * What scores mean on your own data, and which threshold to take.
 *
 * @packageDocumentation
 */
export {
  type CalibrateOptions,
  type Calibration,
  type ChosenPoint,
  calibrate,
  type LabelledPair,
} from './calibrate.js';
export type { CurvePoint, LabelledScore } from './curve.js';
export { type CalibrationPictureOptions, renderCalibration } from './picture.js';
export type { ReliabilityBin } from './reliability.js';
