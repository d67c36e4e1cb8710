//! Closing the window: the person is asked first where something would be cut off or lost.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use muster_engine::Engine;
use tauri::{AppHandle, Emitter, Manager, Runtime, Window, WindowEvent};

use crate::window::EVENT;

/// The command by which the window says what became of the question.
pub(crate) const CLOSING: &str = "closing";

/// A window that has not shown the question by then, or has not closed, is hung: who closes it
/// again is obeyed.
const HUNG: Duration = Duration::from_secs(2);

/// What became of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is on the screen.
    Shown,
    /// The window stays.
    Stay,
    /// It closes, whatever is lost.
    Close,
}

impl Answer {
    /// The answer that a word of the window stands for.
    pub(crate) fn of(word: &str) -> Option<Self> {
        match word {
            "shown" => Some(Self::Shown),
            "stay" => Some(Self::Stay),
            "close" => Some(Self::Close),
            _ => None,
        }
    }
}

/// How far the question is.
#[derive(Debug, Default)]
pub(crate) struct Closing(Mutex<Stage>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// Nobody closes it.
    #[default]
    Open,
    /// The window was told to ask, at this time.
    Asked(Instant),
    /// The question is on the screen.
    Shown,
    /// Plans are being paused since then, and it closes.
    Leaving(Instant),
}

impl Closing {
    fn lock(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a window that is hung is closed once more; if not, the person is asked.
    fn closes_hung(&self, now: Instant) -> bool {
        let mut stage = self.lock();
        match *stage {
            Stage::Open => {
                *stage = Stage::Asked(now);
                false
            }
            Stage::Shown => false,
            Stage::Asked(since) | Stage::Leaving(since) => now.duration_since(since) >= HUNG,
        }
    }

    fn answered(&self, answer: Answer, now: Instant) {
        let mut stage = self.lock();
        *stage = match (answer, *stage) {
            (Answer::Shown, Stage::Leaving(since)) => Stage::Leaving(since),
            (Answer::Shown, _) => Stage::Shown,
            (Answer::Stay, _) => Stage::Open,
            (Answer::Close, _) => Stage::Leaving(now),
        };
    }
}

/// Keeps a window open that somebody closes, if something is at stake, and has it ask.
pub(crate) fn asks_first<R: Runtime>(engine: Engine) -> impl Fn(&Window<R>, &WindowEvent) {
    move |window, event| {
        let WindowEvent::CloseRequested { api, .. } = event else {
            return;
        };
        let stake = engine.at_stake();
        if stake.is_nothing() || window.state::<Closing>().closes_hung(Instant::now()) {
            return;
        }
        api.prevent_close();
        if let Err(error) = window.emit(EVENT, muster_api::closing(stake)) {
            tracing::warn!(?error, "the window cannot be told that it is closed");
        }
    }
}

/// The window says what became of the question; plans are paused in order before it closes.
pub(crate) fn answered<R: Runtime>(app: &AppHandle<R>, engine: &Engine, answer: Answer) {
    app.state::<Closing>().answered(answer, Instant::now());
    if answer != Answer::Close {
        return;
    }
    let (app, engine) = (app.clone(), engine.clone());
    tauri::async_runtime::spawn(async move {
        engine.pause_all_plans().await;
        for window in app.webview_windows().values() {
            if let Err(error) = window.destroy() {
                tracing::warn!(?error, "the window cannot be closed");
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_asks_is_not_closed_until_it_is_answered() {
        let (closing, start) = (Closing::default(), Instant::now());
        let later = start + HUNG;
        assert!(!closing.closes_hung(start));
        assert!(!closing.closes_hung(start), "twice is no answer");
        closing.answered(Answer::Shown, start);
        assert!(!closing.closes_hung(later), "the question is there");
        closing.answered(Answer::Stay, later);
        assert!(!closing.closes_hung(later), "it is asked anew");
    }

    #[test]
    fn a_window_that_is_hung_closes_at_the_second_try() {
        let (closing, start) = (Closing::default(), Instant::now());
        assert!(!closing.closes_hung(start));
        assert!(closing.closes_hung(start + HUNG));
        closing.answered(Answer::Close, start);
        assert!(!closing.closes_hung(start), "plans are being paused");
        assert!(closing.closes_hung(start + HUNG));
    }
}
