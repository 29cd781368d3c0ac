// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

// Uses the official clients against a sandbox, as their users do. How to reach it, and what to do,
// stands in the JSON object on stdin; every upload is reported on stdout as a line of JSON.
"use strict";

const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const job = JSON.parse(fs.readFileSync(0, "utf8"));
const need = createRequire(path.join(job.modules, "index.js"));
const cams = need("@alicloud/cams20200606");
const { Config } = need("@alicloud/openapi-client");
const OSS = need("ali-oss");

function report(object) {
    process.stdout.write(JSON.stringify(object) + "\n");
}

function expect(condition, what) {
    if (!condition) {
        throw new Error("expected: " + what);
    }
}

async function expectRefusal(promise, code, status) {
    try {
        await promise;
    } catch (error) {
        const seen = error.code + " " + (error.status || (error.data && error.data.statusCode));
        expect(seen === code + " " + status, code + " " + status + ", not " + seen);
        return;
    }
    throw new Error("expected a refusal: " + code);
}

function camsClient(secret) {
    return new cams.default(new Config({
        accessKeyId: job.accessKeyId,
        accessKeySecret: secret,
        endpoint: job.endpoint.replace(/^https?:\/\//, ""),
        protocol: "HTTP",
    }));
}

function authorize(client, space) {
    return client.getChatappUploadAuthorization(
        new cams.GetChatappUploadAuthorizationRequest({ custSpaceId: space }));
}

function ossClient(data, v4, sldEnable) {
    return new OSS({
        accessKeyId: data.accessKeyId,
        accessKeySecret: data.accessKeySecret,
        stsToken: data.securityToken,
        bucket: data.bucketName,
        endpoint: data.endPoint,
        region: "oss-" + job.region,
        authorizationV4: v4,
        sldEnable,
        retryMax: 0,
    });
}

const names = [
    "plain.png",
    "with space & more.png",
    "模板/图片 é😀.png",
    "a+b=c&d%20e?f#g.bin",
    "!'()*~@$,;:[]-_.txt",
];

async function put(client, how, key) {
    const body = crypto.randomBytes(70000);
    const answer = await client.put(key, body, {
        mime: "image/png",
        headers: { "x-oss-forbid-overwrite": "true" },
    });
    expect(answer.res.status === 200, "200 for a put");
    report({ how, key, size: body.length, md5: crypto.createHash("md5").update(body).digest("hex"),
             crc64: answer.res.headers["x-oss-hash-crc64ecma"] });
    const head = await client.head(key);
    expect(Number(head.res.headers["content-length"]) === body.length, "the size by head");
    const got = await client.get(key);
    expect(got.content.equals(body), "the content by get");
    await expectRefusal(
        client.put(key, body, { headers: { "x-oss-forbid-overwrite": "true" } }),
        "FileAlreadyExists", 409);
}

async function multipart(client, how, key) {
    const body = crypto.randomBytes(1024 * 1024 + 12345);
    const file = path.join(job.folder, "multipart-" + crypto.randomUUID());
    fs.writeFileSync(file, body);
    await client.multipartUpload(key, file, { partSize: 256 * 1024, parallel: 3 });
    report({ how, key, size: body.length,
             md5: crypto.createHash("md5").update(body).digest("hex") });
    const got = await client.get(key);
    expect(got.content.equals(body), "the content by get");
}

async function main() {
    const client = camsClient(job.accessKeySecret);
    const answer = (await authorize(client, job.space)).body;
    expect(answer.code === "OK", "Code OK");
    const data = answer.data;
    for (const field of ["accessKeyId", "accessKeySecret", "securityToken", "bucketName", "dir",
                         "endPoint", "expire"]) {
        expect(data[field], "the field " + field);
    }
    await expectRefusal(authorize(client, "foreign"), "Unknown.ResourceOwnerId", 400);
    await expectRefusal(authorize(camsClient("WrongExampleSecret"), job.space),
                        "SignatureDoesNotMatch", 400);

    let n = 0;
    for (const v4 of [true, false]) {
        for (const sldEnable of [false, true]) {
            const oss = ossClient(data, v4, sldEnable);
            const how = (v4 ? "V4" : "V1") + (sldEnable ? " path" : " host");
            for (const name of names) {
                await put(oss, how, data.dir + "/" + ++n + "-" + name);
            }
            await multipart(oss, how + " multipart", data.dir + "/" + ++n + "-video.mp4");
            await expectRefusal(oss.put("elsewhere/x.png", Buffer.from("x")), "AccessDenied", 403);
        }
    }
    const wrongToken = Object.assign({}, data, { securityToken: "ExampleWrongToken" });
    await expectRefusal(ossClient(wrongToken, true, false).put(data.dir + "/x", Buffer.from("x")),
                        "InvalidSecurityToken", 403);
    report({ done: true });
}

main().catch((error) => {
    process.stderr.write(String(error.stack || error) + "\n" + (error.code || "") + "\n");
    process.exitCode = 1;
});
