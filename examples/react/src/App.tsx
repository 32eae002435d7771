import { Link, Route, Router, Switch } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { useAsOf } from "./asOf";
import { PersonPage } from "./pages/PersonPage";
import { SearchPage } from "./pages/SearchPage";
import { SummitsPage } from "./pages/SummitsPage";
import { TimelinePage } from "./pages/TimelinePage";

export function App() {
  return (
    <Router hook={useHashLocation}>
      <header>
        <nav>
          <Link href="/">Summits</Link>
          <Link href="/between/donald-trump/kim-jong-un">Two people</Link>
          <Link href="/search">Search</Link>
        </nav>
        <AsOf />
      </header>
      <main>
        <Switch>
          <Route path="/">
            <SummitsPage />
          </Route>
          <Route path="/people/:slug">{({ slug }) => <PersonPage slug={slug} />}</Route>
          <Route path="/between/:one/:other">{({ one, other }) => <TimelinePage between={[one, other]} />}</Route>
          <Route path="/search/:text?">{({ text }) => <SearchPage text={text ?? ""} />}</Route>
          <Route>There is no such page.</Route>
        </Switch>
      </main>
    </Router>
  );
}

function AsOf() {
  const [asOf, choose] = useAsOf();
  return (
    <label>
      As known on <input type="date" value={asOf ?? ""} onChange={(event) => choose(event.target.value)} />
      {asOf && <button onClick={() => choose("")}>Now</button>}
    </label>
  );
}
