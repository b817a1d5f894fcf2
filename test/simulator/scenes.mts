import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Position } from './fleet.mts';

/** Width of a picture in pixels. */
export const WIDTH = 1280;
/** Height of a picture in pixels. */
export const HEIGHT = 720;

const HORIZON = 300;

type Point = readonly [x: number, y: number];

function fill(context: SKRSContext2D, colour: string, points: readonly Point[]): void {
	context.fillStyle = colour;
	context.beginPath();
	for (const [x, y] of points) context.lineTo(x, y);
	context.fill();
}

function outside(context: SKRSContext2D, ground: string): void {
	const sky = context.createLinearGradient(0, 0, 0, HORIZON);
	sky.addColorStop(0, '#5d8fc4');
	sky.addColorStop(1, '#dbe7ee');
	context.fillStyle = sky;
	context.fillRect(0, 0, WIDTH, HORIZON);
	fill(context, '#7d93a0', [
		[0, HORIZON],
		[200, 215],
		[420, HORIZON],
		[640, 240],
		[900, HORIZON],
		[1090, 200],
		[WIDTH, HORIZON],
	]);
	context.fillStyle = ground;
	context.fillRect(0, HORIZON, WIDTH, HEIGHT - HORIZON);
}

function road(context: SKRSContext2D): void {
	fill(context, '#4a4d52', [
		[590, HORIZON],
		[690, HORIZON],
		[1250, HEIGHT],
		[30, HEIGHT],
	]);
	for (const [top, height, width] of [
		[320, 20, 4],
		[370, 35, 8],
		[445, 55, 13],
		[550, 110, 22],
	] as const) {
		const lower = width * 1.5;
		fill(context, '#f2e9c9', [
			[640 - width, top],
			[640 + width, top],
			[640 + lower, top + height],
			[640 - lower, top + height],
		]);
	}
}

function ahead(context: SKRSContext2D, colour: string): void {
	outside(context, '#7f9a5b');
	road(context);
	// The bonnet tells the view ahead from the one behind.
	context.fillStyle = colour;
	context.beginPath();
	context.ellipse(640, 760, 620, 130, 0, 0, Math.PI * 2);
	context.fill();
}

function behind(context: SKRSContext2D, colour: string): void {
	outside(context, '#8b8f72');
	road(context);
	// A following car, and the frame of the loading doors.
	context.fillStyle = '#b9322f';
	context.fillRect(690, 380, 150, 70);
	fill(context, '#2a3542', [
		[715, 380],
		[735, 340],
		[795, 340],
		[815, 380],
	]);
	context.fillStyle = '#fdf6c8';
	context.fillRect(698, 405, 24, 16);
	context.fillRect(808, 405, 24, 16);
	context.fillStyle = colour;
	context.fillRect(0, 0, 90, HEIGHT);
	context.fillRect(WIDTH - 90, 0, 90, HEIGHT);
	context.fillRect(0, 0, WIDTH, 40);
}

function driver(context: SKRSContext2D, colour: string): void {
	context.fillStyle = '#23272e';
	context.fillRect(0, 0, WIDTH, HEIGHT);
	context.fillStyle = '#9db7c9';
	context.fillRect(60, 90, 240, 260);
	context.fillRect(980, 90, 240, 260);
	context.fillStyle = '#3a4049';
	context.beginPath();
	context.roundRect(440, 90, 400, 620, 70);
	context.fill();
	context.fillStyle = colour;
	context.beginPath();
	context.roundRect(470, 400, 340, 330, 110);
	context.fill();
	context.fillStyle = '#c99a78';
	context.beginPath();
	context.ellipse(640, 290, 90, 115, 0, 0, Math.PI * 2);
	context.fill();
	fill(context, '#e8e3d5', [
		[520, 410],
		[560, 405],
		[745, 700],
		[695, 710],
	]);
	context.fillStyle = '#2c5530';
	context.fillRect(540, 195, 200, 45);
	context.fillRect(520, 232, 240, 14);
}

function side(context: SKRSContext2D, colour: string, isLeft: boolean): void {
	if (!isLeft) {
		context.translate(WIDTH, 0);
		context.scale(-1, 1);
	}
	outside(context, '#55585c');
	fill(context, '#7f9a5b', [
		[0, HORIZON],
		[560, HORIZON],
		[0, 520],
	]);
	fill(context, '#f2e9c9', [
		[600, HORIZON],
		[612, HORIZON],
		[420, HEIGHT],
		[370, HEIGHT],
	]);
	// The flank of the vehicle, seen along it.
	fill(context, colour, [
		[WIDTH, 30],
		[760, 220],
		[760, 400],
		[WIDTH, 610],
	]);
	fill(context, 'rgba(0, 0, 0, 0.25)', [
		[WIDTH, 520],
		[760, 370],
		[760, 400],
		[WIDTH, 610],
	]);
	for (const [x, y, radius] of [
		[1130, 610, 85],
		[930, 480, 48],
		[800, 425, 28],
	] as const) {
		context.fillStyle = '#17191c';
		context.beginPath();
		context.ellipse(x, y, radius * 0.7, radius, 0, 0, Math.PI * 2);
		context.fill();
		context.fillStyle = '#8d9298';
		context.beginPath();
		context.ellipse(x, y, radius * 0.3, radius * 0.45, 0, 0, Math.PI * 2);
		context.fill();
	}
	context.resetTransform();
}

/** Fills a picture with what a camera at `position` would see; `colour` is that of the vehicle. */
export function drawScene(context: SKRSContext2D, position: Position, colour: string): void {
	switch (position) {
		case 'front_facing':
			ahead(context, colour);
			break;
		case 'driver_facing':
			driver(context, colour);
			break;
		case 'side_left':
		case 'side_right':
			side(context, colour, position === 'side_left');
			break;
		case 'rear':
			behind(context, colour);
			break;
	}
}
