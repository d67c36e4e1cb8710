//! What becomes of something that is to be done, whatever the server does: it is sent once, and the
//! error tells what is known of it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

mod server;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{body::Body, http::Response};
use muster_directory::{ActKind, PersonId, SecretString, Target, Thing, Values};
use muster_vendor::{
    Fate, Medipim, Paces, TransportOptions, VendorError,
    medipim::{Acted, Outcome},
};
use serde_json::json;
use server::{SOON, Server, json, medipim, medipim_with, options};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;

const PASSWORD: &str = "correct \"horse\" battery";

/// What a raw server does with a connection once a whole request has come.
#[derive(Clone, Copy)]
enum Then {
    /// Writes these bytes and closes.
    Close(&'static [u8]),
    /// Writes these bytes and says no more.
    Hang(&'static [u8]),
    /// Closes hard, so that the other side sees a reset.
    Reset,
}

/// A raw server, and how many whole requests came to it.
async fn raw(then: Then) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut connection, _)) = listener.accept().await {
            whole_request(&mut connection).await;
            counted.fetch_add(1, Ordering::SeqCst);
            match then {
                Then::Close(answer) => connection.write_all(answer).await.unwrap(),
                Then::Hang(answer) => {
                    connection.write_all(answer).await.unwrap();
                    open.push(connection);
                }
                Then::Reset => connection.set_zero_linger().unwrap(),
            }
        }
    });
    (url, count)
}

async fn whole_request(connection: &mut TcpStream) {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read).to_ascii_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.split("content-length: ").nth(1).unwrap();
            let length: usize = length.lines().next().unwrap().parse().unwrap();
            if body.len() >= length {
                return;
            }
        }
        if connection.read_buf(&mut read).await.unwrap() == 0 {
            return;
        }
    }
}

fn act(medipim: &Medipim, id: &str) -> ActKind {
    let acts = medipim.acts();
    acts.into_iter().find(|act| act.id == id).unwrap()
}

async fn rename(medipim: &Medipim) -> Result<Acted, VendorError> {
    let target = Target {
        thing: Thing::Person,
        id: "7".to_owned(),
        name: "Zoe".to_owned(),
    };
    let values = Values::from([("profile.name".to_owned(), json!("Zoë"))]);
    let update = act(medipim, "user.update");
    medipim
        .perform(&update, Some(&target), &values, &[], "step-1")
        .await
}

async fn create(medipim: &Medipim) -> Result<Acted, VendorError> {
    let values = [
        ("email", json!("zoe@example.com")),
        ("role", json!("medical_professional")),
        ("organization", json!(12)),
        ("profile.name", json!("Zoë")),
        ("preferences.language", json!("nl")),
        ("subscription.type", json!(3)),
    ];
    let values = values.map(|(path, value)| (path.to_owned(), value)).into();
    let secrets = [("password".to_owned(), SecretString::from(PASSWORD))];
    let create = act(medipim, "user.create");
    medipim
        .perform(&create, None, &values, &secrets, "step-2")
        .await
}

/// The error of a change that a raw server does this to, and that came to it once.
async fn after(then: Then, options: TransportOptions) -> VendorError {
    let (url, count) = raw(then).await;
    let error = rename(&medipim_with(&url, options, &Paces::default()))
        .await
        .unwrap_err();
    assert_eq!(count.load(Ordering::SeqCst), 1, "{error:?}");
    error
}

fn with_status(status: u16) -> Response<Body> {
    json(status, r#"{"error":{"code":"c","message":"Words."}}"#)
}

fn person() -> Response<Body> {
    json(200, r#"{"user":{"id":7,"name":"Zoë"}}"#)
}

#[tokio::test]
async fn an_act_is_one_request_with_a_name_and_its_answer_is_read() {
    let server = Server::always(|| {
        let mut answer = person();
        let theirs = "abc-1".parse().unwrap();
        answer.headers_mut().insert("x-request-id", theirs);
        answer
    })
    .await;
    let acted = rename(&medipim(&server.url)).await.unwrap();
    assert_eq!(acted.outcome, Outcome::Done);
    assert_eq!(acted.person.unwrap().name, "Zoë");
    assert_eq!(acted.request_id.as_deref(), Some("abc-1"));
    let [request] = &server.requests()[..] else {
        panic!("one request")
    };
    assert_eq!(request.path, "/v4/users/update");
    assert_eq!(request.headers["x-request-id"], "step-1");
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.body, json!({"id": 7, "profile": {"name": "Zoë"}}));
}

#[tokio::test]
async fn without_a_connection_nothing_was_applied() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = rename(&medipim(&nobody)).await.unwrap_err();
    assert_eq!(error.fate(), Fate::NotApplied, "{error:?}");

    let server = Server::always(person).await;
    let https = server.url.replace("http://", "https://");
    let error = rename(&medipim(&https)).await.unwrap_err();
    assert_eq!(error.fate(), Fate::NotApplied, "{error:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_connection_that_never_comes_about_is_no_request() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let options = TransportOptions {
        connect_timeout: SOON,
        ..options()
    };
    let medipim = medipim_with(&url, options, &Paces::default());
    let error = rename(&medipim).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.fate(), Fate::NotApplied);
}

#[tokio::test]
async fn what_cannot_be_sent_was_not_applied() {
    let server = Server::always(person).await;
    let medipim = medipim(&server.url);
    let (update, nothing) = (act(&medipim, "user.update"), Values::new());
    let error = medipim.perform(&update, None, &nothing, &[], "1").await;
    assert_eq!(error.unwrap_err().fate(), Fate::NotApplied);
    let link = act(&medipim, "organization.link");
    let target = Target {
        thing: Thing::Organization,
        id: "7".to_owned(),
        name: String::new(),
    };
    let unnamed = medipim.perform(&link, Some(&target), &nothing, &[], "a\nb");
    let error = unnamed.await.unwrap_err();
    assert_eq!(error.fate(), Fate::NotApplied, "{error:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_leaves_it_open() {
    for then in [
        Then::Reset,
        Then::Close(b""),
        Then::Close(b"HTTP/1.1 2"),
        Then::Close(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"user\":"),
        Then::Close(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{\"user\":\r\n"),
        Then::Close(b"no HTTP at all\r\n\r\n"),
    ] {
        let error = after(then, options()).await;
        assert_eq!(error.fate(), Fate::Unknown, "{error:?}");
        assert!(error.may_have_been_applied());
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_leaves_it_open() {
    let soon = TransportOptions {
        read_timeout: SOON,
        total_timeout: SOON * 2,
        ..options()
    };
    for then in [
        Then::Hang(b""),
        Then::Hang(b"HTTP/1.1 200 OK\r\n"),
        Then::Hang(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
    ] {
        let error = after(then, soon.clone()).await;
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(error.fate(), Fate::Unknown);
    }
}

#[tokio::test]
async fn a_server_out_of_order_leaves_it_open_and_is_not_asked_again() {
    for status in [408, 500, 502, 503, 504, 302, 303] {
        let server = Server::always(move || with_status(status)).await;
        let error = rename(&medipim(&server.url)).await.unwrap_err();
        assert_eq!(error.fate(), Fate::Unknown, "{status}");
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_vendor_that_says_no_has_not_done_it() {
    for status in [400, 401, 403, 404, 405, 409, 422] {
        let server = Server::always(move || with_status(status)).await;
        let error = rename(&medipim(&server.url)).await.unwrap_err();
        assert_eq!(error.fate(), Fate::Refused, "{status}");
        assert_eq!(error.vendor_message(), Some("Words."));
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn too_many_requests_means_not_applied_and_holds_the_key_back() {
    let server = Server::always(|| {
        let mut answer = with_status(429);
        let pause = "3600".parse().unwrap();
        answer.headers_mut().insert("retry-after", pause);
        answer
    })
    .await;
    let medipim = medipim(&server.url);
    for _ in 0..2 {
        let error = rename(&medipim).await.unwrap_err();
        assert!(error.is_rate_limited());
        assert_eq!(error.fate(), Fate::NotApplied);
    }
    assert_eq!(server.requests().len(), 1, "the second is held back here");
}

#[tokio::test]
async fn a_page_for_people_leaves_it_open_and_is_not_quoted() {
    let server = Server::always(|| {
        Response::builder()
            .header("content-type", "text/html")
            .body("<html>canary".into())
            .unwrap()
    })
    .await;
    let error = rename(&medipim(&server.url)).await.unwrap_err();
    assert_eq!(error.fate(), Fate::Unknown);
    assert!(!format!("{error:?}").contains("canary"));
}

#[tokio::test]
async fn a_success_that_tells_nothing_is_a_success() {
    for (status, body) in [(200, ""), (200, "OK"), (201, "{}"), (204, "")] {
        let server = Server::always(move || json(status, body)).await;
        let acted = rename(&medipim(&server.url)).await.unwrap();
        assert!(matches!(acted.outcome, Outcome::Unconfirmed { .. }));
        assert_eq!(acted.status, status);
    }
    let server = Server::always(|| json(202, "")).await;
    let acted = rename(&medipim(&server.url)).await.unwrap();
    assert_eq!(acted.outcome, Outcome::Pending);
}

#[tokio::test]
async fn what_waits_is_canceled_and_what_was_sent_is_seen_through() {
    let server = Server::always(person).await;
    let cancel = CancellationToken::new();
    let medipim_ = medipim(&server.url).with_cancel(cancel.clone());
    cancel.cancel();
    let error = rename(&medipim_).await.unwrap_err();
    assert!(error.is_canceled());
    assert_eq!(error.fate(), Fate::NotApplied);
    assert!(server.requests().is_empty());

    let cancel = CancellationToken::new();
    let canceling = cancel.clone();
    let server = Server::always(move || {
        canceling.cancel();
        person()
    })
    .await;
    let medipim_ = medipim(&server.url).with_cancel(cancel.clone());
    assert_eq!(rename(&medipim_).await.unwrap().outcome, Outcome::Done);
    assert!(cancel.is_cancelled());
}

/// A server that answers a connection's first request and closes it when the second one comes, as
/// one does whose patience with idle connections has just ended.
async fn impatient() -> (String, Arc<Mutex<Vec<usize>>>) {
    const BODY: &str = r#"{"meta":{"total":0},"results":[]}"#;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests: Arc<Mutex<Vec<usize>>> = Arc::default();
    let counted = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let counted = Arc::clone(&counted);
            let number = counted.lock().unwrap().len();
            counted.lock().unwrap().push(0);
            tokio::spawn(async move {
                whole_request(&mut connection).await;
                counted.lock().unwrap()[number] += 1;
                let size = BODY.len();
                let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {size}\r\n\r\n{BODY}");
                connection.write_all(answer.as_bytes()).await.unwrap();
                let mut more = [0; 1];
                if connection.read(&mut more).await.unwrap_or(0) > 0 {
                    counted.lock().unwrap()[number] += 1;
                }
            });
        }
    });
    (url, requests)
}

#[tokio::test]
async fn an_act_never_goes_by_a_connection_that_was_used_before() {
    let (url, requests) = impatient().await;
    let medipim = medipim(&url);
    let seven = PersonId::try_from(7).unwrap();
    assert!(medipim.person(seven).await.unwrap().is_none());
    for _ in 0..3 {
        let acted = rename(&medipim).await.unwrap();
        assert!(matches!(acted.outcome, Outcome::Unconfirmed { .. }));
    }
    assert_eq!(*requests.lock().unwrap(), [1, 1, 1, 1]);
}

#[tokio::test]
async fn a_password_is_sent_and_is_in_nothing_that_is_told() {
    let told = format!(
        r#"{{"error":{{"code":"v","message":"bad"}},"violations":[{{"path":"password","message":"not {}"}}]}}"#,
        PASSWORD.replace('"', "\\\"")
    );
    let server = Server::start(move |number, _| match number {
        0 => json(422, told.clone()),
        _ => json(503, format!("<h1>{PASSWORD}")),
    })
    .await;
    let medipim = medipim(&server.url);
    let error = create(&medipim).await.unwrap_err();
    assert_eq!(error.violations()[0].message, "not ***");
    assert!(!format!("{error} {error:?}").contains("horse"));
    let error = create(&medipim).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("horse"));
    for request in server.requests() {
        assert_eq!(request.body["password"], PASSWORD);
        assert_eq!(request.body["email"], "zoe@example.com");
        assert_eq!(request.headers["content-type"], "application/json");
    }
}

#[tokio::test]
async fn a_server_on_this_machine_says_how_fast_it_may_be_asked() {
    let server = Server::always(|| {
        let mut answer = person();
        let policy = r#""default";q=100;w=1"#.parse().unwrap();
        answer.headers_mut().insert("ratelimit-policy", policy);
        answer
    })
    .await;
    let paces = Paces::new(std::num::NonZeroU32::new(2));
    let medipim = medipim_with(&server.url, options(), &paces);
    let all = async {
        for _ in 0..50 {
            rename(&medipim).await.unwrap();
        }
    };
    let within = tokio::time::timeout(Duration::from_secs(20), all).await;
    within.expect("two a minute would take much longer");
}
