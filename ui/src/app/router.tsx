// The addresses of the window. In a hash, because the window has no server that knows paths.
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
  useNavigate,
} from "@tanstack/react-router";
import { Suspense, useMemo } from "react";
import { ActivityPlace } from "../features/activity/ActivityPlace";
import { ChangesPlace } from "../features/changes/ChangesPlace";
import { FirstStart } from "../features/connections/FirstStart";
import { OrganizationsPlace } from "../features/organizations/OrganizationsPlace";
import { PeoplePlace } from "../features/people/PeoplePlace";
import { RolesPlace } from "../features/roles/RolesPlace";
import { SettingsPlace } from "../features/settings/SettingsPlace";
import { SkeletonRows } from "../shared/grid/SkeletonRows";
import { useAppState, useConnections } from "../shared/reads/app";
import { ErrorBoundary } from "./ErrorBoundary";
import { Frame } from "./Frame";
import { ADDRESSES, isPlace } from "./places";

const root = createRootRoute({ component: Outlet });
const frame = createRoute({ getParentRoute: () => root, id: "frame", component: Frame });

const start = createRoute({ getParentRoute: () => root, path: "/", component: Start });
const welcome = createRoute({ getParentRoute: () => root, path: "/welcome", component: Welcome });
const people = createRoute({ getParentRoute: () => frame, path: "/$connection/people", component: People });
const organizations = createRoute({
  getParentRoute: () => frame,
  path: "/$connection/organizations",
  component: Organizations,
});
/** A rule may be named in the address: that is how "why not?" leads here. */
type Named = { role?: string; action?: string };
const text = (value: unknown) => (typeof value === "string" ? value : undefined);
const roles = createRoute({
  getParentRoute: () => frame,
  path: "/$connection/roles",
  component: Roles,
  validateSearch: (search: Record<string, unknown>): Named => ({
    role: text(search.role),
    action: text(search.action),
  }),
});
/** A plan or a draft may be named in the address: that is what is open. */
type Opened = { plan?: string; draft?: string };
const changes = createRoute({
  getParentRoute: () => frame,
  path: "/$connection/changes",
  component: Changes,
  validateSearch: (search: Record<string, unknown>): Opened => ({
    plan: text(search.plan),
    draft: text(search.draft),
  }),
});
const activity = createRoute({
  getParentRoute: () => frame,
  path: "/$connection/activity",
  component: Activity,
});
const settings = createRoute({
  getParentRoute: () => frame,
  path: "/settings",
  component: () => (
    <ErrorBoundary>
      <SettingsPlace />
    </ErrorBoundary>
  ),
});

/** Back to where the person was. */
function Start() {
  const { last } = useAppState();
  const connections = useConnections();
  const connection = connections.find(({ id }) => id === last.connection) ?? connections[0];
  if (!connection) return <Navigate to="/welcome" replace />;
  if (last.place === "settings") return <Navigate to="/settings" replace />;
  const place = isPlace(last.place) ? last.place : "people";
  return <Navigate to={ADDRESSES[place]} params={{ connection: connection.id }} replace />;
}

function Welcome() {
  const navigate = useNavigate();
  return (
    <FirstStart
      onOpened={(connection) =>
        navigate({ to: "/$connection/people", params: { connection }, replace: true })
      }
    />
  );
}

function useRouteConnection(id: string) {
  return useConnections().find((connection) => connection.id === id) ?? null;
}

function People() {
  const connection = useRouteConnection(people.useParams().connection);
  if (!connection) return <Navigate to="/" replace />;
  return (
    <ErrorBoundary key={connection.id}>
      <Suspense fallback={<SkeletonRows />}>
        <PeoplePlace connection={connection} />
      </Suspense>
    </ErrorBoundary>
  );
}

function Organizations() {
  const navigate = useNavigate();
  const connection = useRouteConnection(organizations.useParams().connection);
  if (!connection) return <Navigate to="/" replace />;
  return (
    <ErrorBoundary key={connection.id}>
      <Suspense fallback={<SkeletonRows />}>
        <OrganizationsPlace
          connection={connection}
          onPeople={() => navigate({ to: "/$connection/people", params: { connection: connection.id } })}
        />
      </Suspense>
    </ErrorBoundary>
  );
}

function Roles() {
  const navigate = useNavigate();
  const connection = useRouteConnection(roles.useParams().connection);
  const { role, action } = roles.useSearch();
  const asked = useMemo(() => (role === undefined ? null : { role, action: action ?? null }), [role, action]);
  if (!connection) return <Navigate to="/" replace />;
  return (
    <ErrorBoundary key={connection.id}>
      <RolesPlace
        connection={connection}
        asked={asked}
        onPeople={() => navigate({ to: "/$connection/people", params: { connection: connection.id } })}
      />
    </ErrorBoundary>
  );
}

function Changes() {
  const navigate = useNavigate();
  const connection = useRouteConnection(changes.useParams().connection);
  const { plan, draft } = changes.useSearch();
  if (!connection) return <Navigate to="/" replace />;
  return (
    <ErrorBoundary key={connection.id}>
      <Suspense fallback={<SkeletonRows />}>
        <ChangesPlace
          connection={connection}
          opened={plan !== undefined ? { plan } : draft !== undefined ? { draft } : null}
          onOpen={(next) =>
            navigate({
              to: "/$connection/changes",
              params: { connection: connection.id },
              search: next ?? {},
            })
          }
          onPeople={() => navigate({ to: "/$connection/people", params: { connection: connection.id } })}
        />
      </Suspense>
    </ErrorBoundary>
  );
}

function Activity() {
  const connection = useRouteConnection(activity.useParams().connection);
  if (!connection) return <Navigate to="/" replace />;
  return (
    <ErrorBoundary key={connection.id}>
      <Suspense fallback={<SkeletonRows />}>
        <ActivityPlace connection={connection} />
      </Suspense>
    </ErrorBoundary>
  );
}

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    welcome,
    frame.addChildren([people, organizations, roles, changes, activity, settings]),
  ]),
  history: createHashHistory(),
  defaultNotFoundComponent: () => <Navigate to="/" replace />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
