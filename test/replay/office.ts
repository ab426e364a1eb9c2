import type { Receipt } from './apply.ts';
import type { World } from './world.ts';
export async function approveAccount(_world: World, _receipt: Receipt): Promise<void> {}
