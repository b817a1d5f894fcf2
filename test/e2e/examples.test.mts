import { describe } from 'vitest';
import { alertWithoutWebhook, alertWithPictures } from './examples/alerts.mts';
import { cameraAgent } from './examples/cameraAgent.mts';
import { fetchCapturedImage } from './examples/fetchCapturedImage.mts';
import { firstPicture } from './examples/firstPicture.mts';
import { fleetPhotoRound } from './examples/fleetPhotoRound.mts';
import { incidentAlert } from './examples/incidentAlert.mts';
import { longWait } from './examples/longWait.mts';
import { visualCheck } from './examples/visualCheck.mts';
import { useExamples } from './examples/world.mts';

// One n8n for all: starting it takes longer than most of these tests.
const world = useExamples();

describe('The example first-picture', () => firstPicture(world));
describe('The example alert-with-pictures', () => alertWithPictures(world));
describe('The example alert-without-webhook', () => alertWithoutWebhook(world));
describe('The example fetch-captured-image', () => fetchCapturedImage(world));
describe('The example incident-alert', () => incidentAlert(world));
describe('The example fleet-photo-round', () => fleetPhotoRound(world));
describe('The example long-wait', () => longWait(world));
describe('The example camera-agent', () => cameraAgent(world));
describe('The example visual-check', () => visualCheck(world));
