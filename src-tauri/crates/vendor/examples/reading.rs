//! temporary: how fast everything is read.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use muster_directory::*;
use muster_vendor::*;
use std::time::Instant;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::mpsc,
};

fn body(count: u64) -> String {
    let mut s = String::with_capacity(count as usize * 130);
    s.push_str(r#"{"meta":{"total":"#);
    s.push_str(&count.to_string());
    s.push_str(r#"},"results":["#);
    for id in 1..=count {
        if id > 1 {
            s.push(',');
        }
        s.push_str(&format!(r#"{{"id":{id},"name":"Zoë Vandenbroucke-Peeters {}","organization":{},"meta":{{"createdAt":{},"updatedAt":{}}}}}"#, id % 977, id % 50_000 + 1, 1471525605 + id, 1571525605 + id));
    }
    s.push_str("]}");
    s
}
fn rss() -> u64 {
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    s.lines()
        .find(|l| l.starts_with("VmHWM"))
        .unwrap()
        .split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}
#[tokio::main]
async fn main() {
    let t = Instant::now();
    let transport = Transport::new(TransportOptions::default()).unwrap();
    println!("transport {:?}", t.elapsed());
    if let Ok(url) = std::env::var("URL") {
        let a = Access::new(url.parse().unwrap(), 1.try_into().unwrap(), "s".into()).unwrap();
        let p = Paces::default().of(&a);
        let m = Medipim::new(transport, a, p, Platform::Be);
        for _ in 0..5 {
            run(&m).await;
        }
        println!("peak {} MB", rss());
        return;
    }
    let n = 1_000_000;
    let text = body(n);
    println!("{} MB", text.len() / 1_000_000);
    for _ in 0..3 {
        let t = Instant::now();
        let a: Answer<Person> = serde_json::from_str(&text).unwrap();
        println!("whole from memory: {:?} {}", t.elapsed(), a.results.len());
        drop(a);
        let t = Instant::now();
        let mut de = serde_json::Deserializer::from_reader(std::io::BufReader::with_capacity(
            65536,
            text.as_bytes(),
        ));
        let a: Answer<Person> = serde::Deserialize::deserialize(&mut de).unwrap();
        println!(
            "from_reader from memory: {:?} {}",
            t.elapsed(),
            a.results.len()
        );
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("URL=http://{}", listener.local_addr().unwrap());
    let text: &'static str = text.leak();
    loop {
        let (mut c, _) = listener.accept().await.unwrap();
        tokio::spawn(async move {
            let mut b = [0; 4096];
            let _ = c.read(&mut b).await;
            let _ = c
                .write_all(
                    format!(
                        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                        text.len()
                    )
                    .as_bytes(),
                )
                .await;
            let _ = c.write_all(text.as_bytes()).await;
        });
    }
}
async fn run(m: &Medipim) {
    let t = Instant::now();
    let (sink, mut batches) = mpsc::channel::<Vec<Person>>(2);
    let (done, n) = tokio::join!(m.people_all(None, sink, Default::default()), async {
        let mut n = 0;
        while let Some(b) = batches.recv().await {
            n += b.len();
        }
        n
    });
    println!(
        "people_all: {:?} {n} {:?}",
        t.elapsed(),
        done.unwrap().total
    );
}
