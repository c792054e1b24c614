// The pictures of the README, one function for each: it gets a window on a copy of examples/larkspur-books/ in which only the editor is
// shown, brings about what is to be seen, and gives the parts of the page that are cut out.
//
// A new picture is a new function in `pictures`, and a line in the README: its width there is half of that of the file.

import { editor, menuItem, word } from '../../test/e2e/ui/ui.mjs';
import { countedProblems, squiggles } from '../vscode-web/workbench.mjs';

/** By the name of its file: the file of examples/larkspur-books/ that is opened, or an empty one of that name, and what happens in it. */
export const pictures = {
  problems: { file: 'shop/ingress.yaml', size: { width: 830, height: 700 }, show: problems },
  finding: { file: 'shop/ingress.yaml', show: finding },
  fix: { file: 'shop/ingress.yaml', show: fix },
  'new-file': { file: 'shop/namespace.yaml', size: { width: 830, height: 600 }, show: newFile },
  reach: { file: 'shop/checkout.yaml', show: reach },
  map: { file: 'support/base/chat.yaml', size: { width: 1400, height: 640 }, show: map },
  snippet: { file: 'shop/policies.yaml', size: { width: 838, height: 480 }, show: snippet },
};

/** The editor, and under it the findings of closed files too. */
async function problems(page) {
  await seen(page);
  await page.keyboard.press('Control+Shift+KeyM');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'kube-netlint' }).first().waitFor();
  await editor(page).locator('.view-line').first().click(); // no row is chosen
  return [page.locator('.part.editor'), page.locator('.part.panel')];
}

/** What is said of a value. */
async function finding(page) {
  await seen(page);
  await word(page, 'least_conn').hover();
  const hover = page.locator('.monaco-hover:visible', { hasText: 'least_conn' }).first();
  await hover.waitFor();
  return [hover, line(page, 'kind'), line(page, 'least_conn'), line(page, 'ingressClassName')];
}

/** The menu of what can be done about it. */
async function fix(page) {
  await seen(page);
  await word(page, 'least_conn').click();
  await menuItem(page, 'ewma', patient);
  return [page.locator('.action-widget').first(), line(page, 'kind'), line(page, 'least_conn')];
}

/** The network beside the editor: a call that a policy blocks. */
async function map(page) {
  await seen(page);
  await page.keyboard.press('F1');
  await page.keyboard.type('Show Network Map', { delay: 20 });
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Network Map' }).first().click();
  const view = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await view.locator('.mark.denied').first().waitFor();
  await page.mouse.move(300, 5); // not where the two can be moved apart
  await page.waitForTimeout(1000);
  return [page.locator('.editor-group-container').last()];
}

/** The policies that isolate a namespace, each with the calls that it keeps. */
async function newFile(page) {
  await seen(page);
  await word(page, 'shop').click();
  const tab = page.locator('.tab.active', { hasText: 'isolate-shop' });
  for (let attempt = 0; attempt < 5 && !(await tab.isVisible()); attempt++) {
    await (await menuItem(page, 'keep', patient)).click();
    await tab.waitFor({ timeout: 10_000 }).catch(() => {});
  }
  const evidence = editor(page).locator('.view-line', { hasText: "'checkout' calls" });
  await editor(page).locator('.view-line', { hasText: 'NetworkPolicy' }).first().hover();
  const height = async () => ((await evidence.count()) > 0 ? (await evidence.first().boundingBox())?.y : undefined);
  for (let turn = 0; turn < 40 && ((await height()) ?? 999) > 130; turn++) {
    await page.mouse.wheel(0, 40);
    await page.waitForTimeout(200);
  }
  return [page.locator('.part.editor')];
}

/** Who may reach a workload, and whom it may reach. */
async function reach(page) {
  await seen(page);
  const hover = page.locator('.monaco-hover:visible', { hasText: 'May reach' }).first();
  for (let attempt = 0; attempt < 10 && !(await hover.isVisible()); attempt++) {
    await page.mouse.move(700, 500);
    await line(page, 'name: checkout')
      .locator('span', { hasText: /^checkout$/ })
      .last()
      .hover();
    await hover.waitFor({ timeout: 10_000 }).catch(() => {}); // what is not all read yet has none
  }
  return [hover, line(page, 'apiVersion'), line(page, 'metadata')];
}

/** A snippet that is offered, with what it will write. */
async function snippet(page) {
  await editor(page).locator('.view-line').first().click();
  await page.keyboard.type('netpol-d', { delay: 40 });
  await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'netpol' }).first().waitFor();
  await page.keyboard.press('Control+Space');
  const details = page.locator('.suggest-details-container');
  await details.waitFor();
  await page.addStyleTag({ content: '.part.statusbar { visibility: hidden }' }); // it is all that is behind
  return [page.locator('.suggest-widget.visible'), details, line(page, 'netpol')];
}

/** Milliseconds for a menu: pictures are taken on busy machines too. */
const patient = 10_000;

/** Findings stand there, in the number that they will stay. */
async function seen(page) {
  await editor(page).locator(`${squiggles}, .view-line`).first().waitFor({ state: 'attached' });
  await countedProblems(page);
}

/** As far as its text goes. */
const line = (page, text) => editor(page).locator('.view-line', { hasText: text }).first().locator('> span');
