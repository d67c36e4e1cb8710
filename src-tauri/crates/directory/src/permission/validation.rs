//! What a rule pack must not say.

use super::{Permission, Rule, RulePack, VendorRules, Verdict};

impl RulePack {
    /// Every way in which the pack contradicts itself, a line each.
    pub(super) fn problems(&self) -> Vec<String> {
        self.vendors
            .iter()
            .flat_map(VendorRules::problems)
            .collect()
    }
}

impl VendorRules {
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for role in &self.roles {
            self.check_source(&role.id, &role.source, &mut problems);
        }
        for need in &self.needs {
            self.check_role(&need.purpose, &need.role, &mut problems);
            self.check_source(&need.purpose, &need.source, &mut problems);
        }
        for rule in &self.permissions {
            match rule {
                Rule::SameAs {
                    role,
                    same_as,
                    source,
                } => {
                    self.check_role("same_as", role, &mut problems);
                    self.check_role(role, same_as, &mut problems);
                    self.check_source(role, source, &mut problems);
                }
                Rule::Permission(row) => self.check_row(row, &mut problems),
            }
        }
        for action in &self.asked {
            self.check_asked(action, &mut problems);
        }
        problems
    }

    fn check_asked(&self, action: &str, problems: &mut Vec<String>) {
        if !is_action(action) || action.contains('*') {
            problems.push(format!(
                "{}: asked {action}: expected words with a dot between them",
                self.id
            ));
        }
        let names = |rule: &Rule| matches!(rule, Rule::Permission(row) if row.action == action);
        if self.permissions.iter().any(names) {
            problems.push(format!("{}: asked {action}: a row names it", self.id));
        }
    }

    fn check_row(&self, row: &Permission, problems: &mut Vec<String>) {
        let place = format!("{} {}", row.role, row.action);
        self.check_role(&place, &row.role, problems);
        self.check_source(&place, &row.source, problems);
        if let Some(only) = &row.only_role {
            self.check_role(&place, only, problems);
        }
        if !is_action(&row.action) {
            problems.push(format!(
                "{}: {place}: expected words with a dot between them, or a * at one end",
                self.id
            ));
        }
        if self.contradicts(row) {
            problems.push(format!(
                "{}: {place}: allowed and denied in the same scope: say contested",
                self.id
            ));
        }
    }

    fn contradicts(&self, row: &Permission) -> bool {
        row.verdict == Verdict::Deny
            && self.permissions.iter().any(|rule| {
                matches!(rule, Rule::Permission(other) if other.verdict == Verdict::Allow
                    && (&other.role, &other.action, other.scope)
                        == (&row.role, &row.action, row.scope))
            })
    }

    fn check_role(&self, place: &str, role: &str, problems: &mut Vec<String>) {
        if !self.roles.iter().any(|known| known.id == role) {
            problems.push(format!(
                "{}: {place}: the role {role} is not listed",
                self.id
            ));
        }
    }

    fn check_source(&self, place: &str, source: &str, problems: &mut Vec<String>) {
        if !self.sources.iter().any(|known| known.id == source) {
            problems.push(format!(
                "{}: {place}: the source {source} is not listed",
                self.id
            ));
        }
    }
}

/// `user.profile.update`, `product.*`, `*.create`
pub(super) fn is_action(action: &str) -> bool {
    let parts: Vec<_> = action.split('.').collect();
    let last = parts.len().saturating_sub(1);
    let is_part = |(at, part): (usize, &&str)| match *part {
        "*" => at == 0 || at == last,
        word => {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|own| own.is_ascii_lowercase() || own == b'_')
        }
    };
    parts.len() > 1
        && parts.iter().filter(|part| **part == "*").count() <= 1
        && parts.iter().enumerate().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::super::RulePackError;
    use super::*;

    const HEAD: &str = r#"
        dated = "2026-01-01"
        [[vendor]]
        id = "v"
        sources = [{ id = "S", title = "A page", kind = "vendor" }]
        roles = [{ id = "r", name = "R", for = "all", source = "S" }]
    "#;

    fn problem(rest: &str) -> String {
        match RulePack::read(&format!("{HEAD}\n{rest}")) {
            Err(RulePackError::Inconsistent(problems)) => problems.join("; "),
            other => panic!("{rest}: {other:?}"),
        }
    }

    #[test]
    fn a_pack_that_contradicts_itself_is_refused_with_its_place() {
        for (rest, said) in [
            (
                r#"permissions = [{ role = "x", action = "a.b", verdict = "allow", scope = "own", source = "S" }]"#,
                "v: x a.b: the role x is not listed",
            ),
            (
                r#"permissions = [{ role = "r", action = "a.b", verdict = "allow", scope = "own", source = "T" }]"#,
                "v: r a.b: the source T is not listed",
            ),
            (
                r#"permissions = [{ role = "r", action = "a", verdict = "allow", scope = "own", source = "S" }]"#,
                "v: r a: expected words with a dot between them, or a * at one end",
            ),
            (
                r#"permissions = [{ role = "r", same_as = "q", source = "S" }]"#,
                "v: r: the role q is not listed",
            ),
            (
                r#"permissions = [
                    { role = "r", action = "a.b", verdict = "allow", scope = "own", source = "S" },
                    { role = "r", action = "a.b", verdict = "deny", scope = "own", source = "S" }]"#,
                "v: r a.b: allowed and denied in the same scope: say contested",
            ),
        ] {
            assert_eq!(problem(rest), said);
        }
        let needs = r#"permissions = []
            needs = [{ purpose = "p", role = "z", source = "S" }]"#;
        assert_eq!(problem(needs), "v: p: the role z is not listed");
        let asked = r#"asked = ["a.b"]
            permissions = [{ role = "r", action = "a.b", verdict = "allow", scope = "own", source = "S" }]"#;
        assert_eq!(problem(asked), "v: asked a.b: a row names it");
        let asked = "permissions = []\n asked = [\"*.b\"]";
        assert_eq!(
            problem(asked),
            "v: asked *.b: expected words with a dot between them"
        );
    }

    #[test]
    fn what_ships_is_consistent() {
        let pack = RulePack::shipped().unwrap();
        assert_eq!(pack.vendors.len(), 2);
    }
}
