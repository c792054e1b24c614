import type { EdgeData } from '../../../server/src/picture/map-data';
import { element } from './elements';

/** What a person can set. */
export interface Settings {
  /** Of the map. */
  readonly name: string;
  readonly text: string;
  readonly purposes: ReadonlySet<EdgeData['purpose']>;
  /** Whether what is allowed though nobody calls is drawn for what is selected. */
  readonly isPermittedShown: boolean;
  readonly isTable: boolean;
}

export interface Handles {
  /** Another map. */
  choose(name: string): void;
  set(change: Partial<Omit<Settings, 'name'>>): void;
  foldAll(): void;
  unfoldAll(): void;
  scale(by: number): void;
  fit(): void;
}

const purposeNames: Readonly<Record<EdgeData['purpose'], string>> = {
  call: 'calls',
  entry: 'entries',
  outside: 'outside',
  metrics: 'metrics',
};

const purposes: readonly EdgeData['purpose'][] = ['call', 'entry', 'outside', 'metrics'];

/** The row above the drawing. */
export function barOf(names: readonly string[], settings: Settings, handles: Handles): HTMLElement {
  const search = element('input', {
    attributes: { type: 'search', placeholder: 'Filter: name, namespace, kind or rule', 'aria-label': 'Filter' },
  });
  search.value = settings.text;
  search.addEventListener('input', () => handles.set({ text: search.value }));
  return element(
    'header',
    { class: 'bar' },
    ...(names.length > 1 ? [choice(names, settings, handles)] : []),
    search,
    ...purposes.map(purpose =>
      check(purposeNames[purpose], settings.purposes.has(purpose), isOn => {
        const others = [...settings.purposes].filter(other => other !== purpose);
        handles.set({ purposes: new Set(isOn ? [...others, purpose] : others) });
      }),
    ),
    check('also allowed', settings.isPermittedShown, isPermittedShown => handles.set({ isPermittedShown })),
    check('table', settings.isTable, isTable => handles.set({ isTable })),
    element('span', { class: 'space' }),
    button('Fold', 'Fold all namespaces', () => handles.foldAll()),
    button('Unfold', 'Open all namespaces', () => handles.unfoldAll()),
    button('−', 'Smaller', () => handles.scale(0.8)),
    button('+', 'Larger', () => handles.scale(1.25)),
    button('Fit', 'Show all', () => handles.fit()),
  );
}

function choice(names: readonly string[], { name }: Settings, handles: Handles): HTMLElement {
  const titleOf = (each: string) => (each === '.' ? 'the folder itself' : each);
  const options = names.map(each => element('option', { attributes: { value: each } }, titleOf(each)));
  const own = element('select', { attributes: { 'aria-label': 'Build' } }, ...options);
  own.selectedIndex = names.indexOf(name);
  own.addEventListener('change', () => handles.choose(own.value));
  return own;
}

function check(label: string, isOn: boolean, hear: (isOn: boolean) => void): HTMLElement {
  const box = element('input', { attributes: { type: 'checkbox' } });
  box.checked = isOn;
  box.addEventListener('change', () => hear(box.checked));
  return element('label', {}, box, label);
}

const button = (label: string, title: string, onClick: () => void) =>
  element('button', { attributes: { title, 'aria-label': title }, onClick }, label);

/** What lines and marks mean. */
export function legend(): HTMLElement {
  const kinds = [
    ['allowed', 'called, allowed'],
    ['denied', '× called, blocked'],
    ['unknown', '? unknown'],
  ] as const;
  return element('p', { class: 'legend' }, ...kinds.map(([kind, label]) => element('span', { class: kind }, label)));
}
