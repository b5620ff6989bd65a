FROM python:3.12-slim AS build
WORKDIR /source
RUN python -m venv /opt/hearthside
COPY pyproject.toml constraints.txt README.md ./
COPY app app
COPY static static
COPY migrations migrations
RUN /opt/hearthside/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home hearthside \
    && install -d -o hearthside -g hearthside -m 0700 /data
COPY --from=build /opt/hearthside /opt/hearthside
ENV PATH=/opt/hearthside/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HEARTHSIDE_DATA_DIR=/data
USER hearthside
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/ready', timeout=3)"]
ENTRYPOINT ["hearthside"]
CMD ["serve", "--host", "0.0.0.0"]
