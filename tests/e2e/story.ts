/** What the stories of one file share: a browser and a service of their own, and the closing checks. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import { startAiChats, type AiChatsOptions, type AiChatsStandIn } from '../stand-ins/ai-chats.ts';
import { clickButton, launchAside, pickModel, type Aside, type LaunchOptions } from './browser.ts';

/** How the stories of a file are staged. */
export interface StoryOptions extends Omit<LaunchOptions, 'service'> {
  service?: AiChatsOptions;
  /** Addresses that the stories themselves ask for beside the service. */
  elsewhere?: RegExp;
}

/** The running browser and service of a file. */
export interface Story {
  readonly aside: Aside;
  readonly service: AiChatsStandIn;
  /** The side panel with an empty conversation, answered by the model named. */
  freshPanel(model?: 'gpt-4' | 'dalle'): Promise<Page>;
  /** The same with any model, by its full name. */
  openChat(model: string): Promise<Page>;
}

/** Call it once a file: starts both before the first story and looks for trouble after the last. */
export function startStory({ service: how, elsewhere, ...options }: StoryOptions = {}): Story {
  let service: AiChatsStandIn | undefined;
  let aside: Aside | undefined;

  beforeAll(async () => {
    service = await startAiChats({ gapMs: 1, ...how });
    aside = await launchAside({ ...options, service });
    if (elsewhere) aside.expectRequests(elsewhere);
  });

  afterAll(async () => {
    try {
      await aside?.close();
    } finally {
      await service?.close();
    }
  });

  return {
    get aside() {
      if (!aside) throw new Error('The browser has not started');
      return aside;
    },
    get service() {
      if (!service) throw new Error('The service has not started');
      return service;
    },
    freshPanel(model = 'gpt-4') {
      return this.openChat(`AI-Chats.org: ${model}`);
    },
    async openChat(model) {
      const panel = await this.aside.openPanel();
      await startNewChat(panel);
      await pickModel(panel, model);
      return panel;
    },
  };
}

/** Leaves the conversation for an empty one. */
export async function startNewChat(panel: Page): Promise<void> {
  await clickButton(panel, 'New chat');
  await panel.waitForFunction(() => !document.querySelector('article'), { polling: 20 });
}
