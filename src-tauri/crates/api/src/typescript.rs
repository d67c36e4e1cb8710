//! The TypeScript client and the window's permissions, written from the list of commands.

use std::{any::TypeId, collections::BTreeSet, fmt::Write};

use ts_rs::{Config, TS, TypeVisitor};

use crate::{
    commands::{Describe, NAMES, describe},
    types::{ApiError, AppEvent},
};

const HEADER: &str =
    "// Written by `cargo xtask generate` from src-tauri/crates/api. Do not edit.\n";

/// A file that is written, never edited.
#[derive(Debug)]
pub struct Generated {
    /// Its path from the root of the repository.
    pub path: &'static str,
    /// What it has to hold.
    pub content: String,
}

/// Every file that is written from the list of commands.
#[must_use]
pub fn files() -> Vec<Generated> {
    vec![
        Generated {
            path: "ui/src/generated/types.ts",
            content: types(),
        },
        Generated {
            path: "ui/src/generated/commands.ts",
            content: commands(),
        },
        Generated {
            path: "src-tauri/capabilities/main.json",
            content: capability(),
        },
    ]
}

fn config() -> Config {
    Config::new().with_large_int("number")
}

/// Every type that a command or an event mentions, by name.
fn types() -> String {
    let mut collected = Collected::default();
    describe(&mut collected);
    collected.visit::<ApiError>();
    collected.visit::<AppEvent>();
    let mut text = HEADER.to_owned();
    for (_, declaration) in collected.declarations {
        text.push('\n');
        text.push_str(&declaration);
    }
    text
}

#[derive(Default)]
struct Collected {
    seen: BTreeSet<TypeId>,
    declarations: BTreeSet<(String, String)>,
}

impl Describe for Collected {
    fn command<I: TS + 'static, O: TS + 'static>(&mut self, _: &'static str) {
        self.visit::<I>();
        self.visit::<O>();
    }
}

impl TypeVisitor for Collected {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}\n", T::decl(&config()));
            self.declarations.insert((T::ident(&config()), declaration));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn commands() -> String {
    let mut listed = Listed(String::new());
    describe(&mut listed);
    format!(
        "{HEADER}import type * as t from \"./types\";\n\n\
         /** Every command: what it takes and what it answers. */\n\
         export type Commands = {{\n{}}};\n",
        listed.0
    )
}

struct Listed(String);

impl Describe for Listed {
    fn command<I: TS + 'static, O: TS + 'static>(&mut self, name: &'static str) {
        let (input, output) = (qualified::<I>(), qualified::<O>());
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "  {name}: {{ input: {input}; output: {output} }};");
    }
}

/// The name of a type, as it is called from another file.
fn qualified<T: TS + 'static>() -> String {
    let name = T::name(&config());
    if ["null", "string"].contains(&name.as_str()) {
        name
    } else {
        format!("t.{name}").replace("t.Array<", "Array<t.")
    }
}

/// What the window may call beside the commands: to listen to events and to say so, to have the
/// person choose a file, to print, and to say whether it closes.
const BESIDE: [&str; 7] = [
    "core:event:allow-listen",
    "core:event:allow-unlisten",
    "dialog:allow-open",
    "dialog:allow-save",
    "core:webview:allow-print",
    "allow-listening",
    "allow-closing",
];

/// What the window may call: exactly the commands, and what is beside them.
fn capability() -> String {
    let mut permissions: Vec<_> = BESIDE.map(str::to_owned).into();
    permissions.extend(
        NAMES
            .iter()
            .map(|name| format!("allow-{}", name.replace('_', "-"))),
    );
    let capability = serde_json::json!({
        "$schema": "../../gen/schemas/desktop-schema.json",
        "identifier": "main",
        "description": "Written by `cargo xtask generate`: what the window may call.",
        "windows": ["main"],
        "permissions": permissions,
    });
    format!("{capability:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_permission_and_a_line_in_the_client() {
        let (commands, capability) = (commands(), capability());
        for name in NAMES {
            assert!(
                commands.contains(&format!("  {name}: {{")),
                "{name} has a line"
            );
            let permission = format!("\"allow-{}\"", name.replace('_', "-"));
            assert!(capability.contains(&permission), "{name} has a permission");
        }
    }

    #[test]
    fn every_type_that_the_client_mentions_is_declared() {
        let types = types();
        let commands = commands();
        for name in commands
            .split([' ', '<'])
            .filter_map(|word| word.strip_prefix("t."))
        {
            let name: String = name
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            assert!(
                types.contains(&format!("export type {name} =")),
                "{name} is declared"
            );
        }
    }

    #[test]
    fn integers_are_numbers() {
        assert!(!types().contains("bigint"), "JSON has numbers only");
    }
}
