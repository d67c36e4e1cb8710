//! The window of Muster.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use clap::Parser;

fn main() {
    muster_app::run(muster_app::Arguments::parse());
}
