import { SampleComponent } from '../schema';
import { sortedEntries, Toolchain } from './toolchain';

/** Node services, libraries, pages and the React Native app. */
export const typescript: Toolchain = {
  files: component => ({
    'package.json': json({
      name: `@tidewater/${component.name}`,
      version: '0.0.0',
      private: component.type !== 'library',
      description: component.description,
      type: 'module',
      engines: { node: '>=22' },
      scripts: scripts(component),
      dependencies: Object.fromEntries(sortedEntries(component.dependencies)),
      devDependencies: {
        typescript: '~5.8.0',
        ...(isStatic(component) ? { vite: '^7.0.0' } : {}),
        vitest: '^3.2.0',
      },
    }),
    'tsconfig.json': json({
      compilerOptions: {
        target: 'ES2023',
        ...(usesReact(component)
          ? { module: 'ESNext', moduleResolution: 'bundler', jsx: 'react-jsx' }
          : { module: 'NodeNext' }),
        strict: true,
        outDir: 'dist',
        rootDir: 'src',
      },
      include: ['src'],
    }),
  }),
  dockerfile: component => {
    const build = `FROM node:22-slim AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build`;
    return isStatic(component)
      ? `${build}

FROM nginxinc/nginx-unprivileged:1.29-alpine
COPY --from=build /app/dist /usr/share/nginx/html
`
      : `${build} && npm prune --omit=dev

FROM node:22-slim
WORKDIR /app
COPY --from=build /app/dist ./dist
COPY --from=build /app/node_modules ./node_modules
USER node
CMD ["node", "dist/main.js"]
`;
  },
  ignore: ['node_modules/', 'dist/', 'coverage/'],
  setup: {
    action: 'actions/setup-node',
    with: { 'node-version': '22', cache: 'npm' },
  },
  install: 'npm ci',
  test: 'npm test',
  run: component => (isStatic(component) ? 'npm run dev' : 'npm start'),
};

function scripts(component: SampleComponent): Record<string, string> {
  if (component.type === 'mobile-app') {
    return {
      start: 'react-native start',
      android: 'react-native run-android',
      ios: 'react-native run-ios',
      test: 'vitest run',
    };
  }
  if (isStatic(component)) {
    return {
      dev: 'vite',
      build: 'tsc --noEmit && vite build',
      test: 'vitest run',
    };
  }
  return {
    build: 'tsc -p .',
    ...(component.type === 'library' ? {} : { start: 'node dist/main.js' }),
    test: 'vitest run',
  };
}

function usesReact(component: SampleComponent): boolean {
  return Object.keys(component.source).some(path => path.endsWith('.tsx'));
}

/** Pages without a server of their own: files behind nginx. */
function isStatic(component: SampleComponent): boolean {
  return component.type === 'website' && usesReact(component);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
